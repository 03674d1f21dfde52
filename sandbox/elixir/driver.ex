defmodule Sandbox.Driver do
  @moduledoc """
  Loads the candidate, answers for each case, writes the completion mark last. Arguments: mode, the candidate's file,
  the suite's file.

  The candidate is loaded in a process of its own, which stays for what it has started; each case is answered in a
  process of its own, as ExUnit does it: whatever ends one of them, this one goes on and says so.
  """
  alias Sandbox.Reports

  @broken [SyntaxError, TokenMissingError, CompileError]

  def main([mode, code, suite]) do
    done = Reports.start()
    if mode == "compared", do: compared(code), else: native(code, suite)
    done.()
    :erlang.halt(0)
  end

  defp compared(code) do
    load_candidate(code)
    {:ok, source} = :file.read_file(".cases")

    for {expression, index} <- Enum.with_index(:binary.split(source, <<0>>, [:global])) do
      line =
        case alone(fn -> Reports.tagged(elem(Code.eval_string(expression), 0)) end) do
          {:ok, value} -> [",\"v\",", value]
          {_, names, why} -> [",\"x\",[", :lists.join(",", Enum.map(names, &Reports.text/1)), "],", Reports.text(why)]
        end

      Reports.say(["[", :erlang.integer_to_list(index), line, "]"])
    end
  end

  # What judges must be what was installed: its modules cannot be defined again, and are looked at afterwards.
  defp native(code, suite) do
    ExUnit.start(autorun: false, formatters: [Sandbox.Formatter])
    judges = sealed()
    code |> load_candidate() |> documented()

    with {_, _, why} <- alone(fn -> Code.require_file(suite) end, :stays), do: Reports.test("the file", "error", why)
    ExUnit.configure(autorun: false, formatters: [Sandbox.Formatter], seed: 0, max_cases: 1)
    ExUnit.run()
    if marks(judges) != judges, do: Reports.test("the framework", "error", "a module of it was replaced")
  end

  defp sealed do
    {:ok, modules} = :application.get_key(:ex_unit, :modules)
    loaded = for module <- modules, Code.ensure_loaded?(module), do: {module, nil}
    :code.stick_dir(:code.lib_dir(:ex_unit, :ebin))
    :code.stick_dir('/sandbox/elixir')
    marks(loaded)
  end

  defp marks(modules), do: for({module, _} <- modules, do: {module, :erlang.get_module_info(module, :md5)})

  # Several files may need each other, in whatever order.
  defp load_candidate(code) do
    Code.put_compiler_option(:docs, true)

    loaded =
      case Enum.uniq([code | Path.wildcard("**/*.ex")]) do
        [file] -> alone(fn -> Code.require_file(file) end, :stays)
        files -> alone(fn -> together(Kernel.ParallelCompiler.require(files)) end, :stays)
      end

    case loaded do
      {:ok, modules} -> modules
      {:syntax, _, why} -> leave(["[\"syntax\",", Reports.text(why), "]"])
      {_, [name | _], why} -> leave(["[\"raised\",", Reports.text(name), ",", Reports.text(why), "]"])
    end
  end

  # Tests in documentation are looked up in compiled files.
  defp documented(modules) do
    :code.add_pathz('/box')
    for {module, compiled} <- modules, do: :file.write_file("/box/#{module}.beam", compiled)
  end

  defp together({:ok, modules, _}), do: modules
  defp together({:error, [{_, _, why} | _], _}), do: raise(CompileError, description: why)

  defp leave(line) do
    Reports.say(line)
    :erlang.halt(0)
  end

  # What the function answers in another process: {:ok, value} or {kind, names, text}.
  defp alone(function, afterwards \\ :ends) do
    {asked, tag} = {self(), make_ref()}

    {pid, monitor} =
      spawn_monitor(fn ->
        send(asked, {tag, attempt(function)})
        if afterwards == :stays, do: :timer.sleep(:infinity)
      end)

    receive do
      {^tag, answer} ->
        Process.demonitor(monitor, [:flush])
        answer

      {:DOWN, ^monitor, :process, ^pid, why} ->
        {:exit, ["exit"], Reports.short(inspect(why))}
    end
  end

  defp attempt(function) do
    {:ok, function.()}
  catch
    :error, reason ->
      exception = Exception.normalize(:error, reason, __STACKTRACE__)
      kind = if exception.__struct__ in @broken, do: :syntax, else: :error
      {kind, [inspect(exception.__struct__), "Exception"], Reports.short(Exception.message(exception))}

    kind, reason ->
      {kind, [Atom.to_string(kind)], Reports.short(inspect(reason))}
  end
end
