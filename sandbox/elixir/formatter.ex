defmodule Sandbox.Formatter do
  @moduledoc "ExUnit's events as reports: one for each test, by the name that stands in the text."
  use GenServer
  alias Sandbox.Reports

  # The state: whether tests of the current module were refused because its `setup_all` failed, and so have their report.
  def init(_), do: {:ok, false}

  def handle_cast({:module_started, _}, _), do: {:noreply, false}

  def handle_cast({:test_finished, test}, refused) do
    {kind, why} = verdict(test.state)
    Reports.test(name(test), kind, why)
    {:noreply, refused or match?({:invalid, _}, test.state)}
  end

  def handle_cast({:module_finished, %{state: {:failed, failures}}}, false) do
    Reports.test("the module", "error", message(failures))
    {:noreply, false}
  end

  def handle_cast(_, refused), do: {:noreply, refused}

  defp verdict(nil), do: {"ok", ""}
  defp verdict({:failed, [{:error, %ExUnit.AssertionError{}, _} | _] = failures}), do: {"fail", message(failures)}
  defp verdict({:failed, [{:error, %ExUnit.MultiError{}, _} | _] = failures}), do: {"fail", message(failures)}
  defp verdict({:failed, failures}), do: {"error", message(failures)}
  defp verdict({:invalid, %{state: {:failed, failures}}}), do: {"error", message(failures)}
  defp verdict({_skipped_or_excluded, why}), do: {"skip", inspect(why)}

  defp message([{kind, reason, stack} | _]), do: Exception.format_banner(kind, reason, stack)

  # ExUnit calls a test "test", then its group's name, then its own.
  defp name(test) do
    [_, rest] = :string.split(Atom.to_string(test.name), " ")
    group = test.tags[:describe]
    if group, do: String.replace_prefix(rest, group <> " ", ""), else: rest
  end
end
