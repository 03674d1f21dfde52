defmodule Sandbox.Reports do
  @moduledoc """
  Reports on descriptor 3, one line of JSON each. The nonce of the completion mark comes from descriptor 4, where it can
  be read once, and stays in a closure: a process's variables can be looked at, what a function has closed over cannot.
  """

  @deepest 60
  @most 100_000

  @doc "Opens the port; the function that writes the completion mark."
  def start do
    Process.register(Port.open({:fd, 3, 3}, [:out, :binary]), __MODULE__)
    {:ok, line} = :file.read_file("/proc/self/fd/4")
    nonce = :string.trim(line)
    fn -> say(["[\"done\",", text(nonce), "]"]) end
  end

  def say(line), do: Port.command(__MODULE__, [line, "\n"])

  def test(name, kind, why), do: say(["[\"test\",", text(name), ",\"", kind, "\",", text(short(why)), "]"])

  def short(text), do: String.slice(text, 0, 300)

  @doc "A string as JSON; what is not UTF-8 is shown as Elixir shows it."
  def text(binary) do
    case escaped(binary, []) do
      :error -> text(inspect(binary))
      parts -> [?", parts, ?"]
    end
  end

  defp escaped(<<>>, parts), do: :lists.reverse(parts)
  defp escaped(<<c, rest::binary>>, parts) when c == ?" or c == ?\\, do: escaped(rest, [[?\\, c] | parts])
  defp escaped(<<c, rest::binary>>, parts) when c >= 32 and c < 127, do: escaped(rest, [c | parts])
  defp escaped(<<c::utf8, rest::binary>>, parts), do: escaped(rest, [units(c) | parts])
  defp escaped(_, _), do: :error

  defp units(c) when c < 0x10000, do: unit(c)
  defp units(c), do: [unit(0xD800 + div(c - 0x10000, 1024)), unit(0xDC00 + rem(c - 0x10000, 1024))]
  defp unit(c), do: ["\\u", :string.pad(:erlang.integer_to_list(c, 16), 4, :leading, ?0)]

  @doc "A value as the host reads it: maps, lists, binaries, numbers, true, false, nil; atoms and the rest have no literal."
  def tagged(value) do
    Process.put(__MODULE__, @most)
    tagged(value, 0)
  end

  defp tagged(value, depth) do
    left = Process.put(__MODULE__, Process.get(__MODULE__) - 1)
    if left < 0 or depth > @deepest, do: opaque("too large"), else: written(value, depth + 1)
  end

  defp written(nil, _), do: "null"
  defp written(true, _), do: "true"
  defp written(false, _), do: "false"
  defp written(value, _) when is_integer(value), do: :erlang.integer_to_binary(value)
  defp written(value, _) when is_float(value), do: :erlang.float_to_binary(value, [:short])

  defp written(value, _) when is_binary(value) do
    case escaped(value, []) do
      :error -> ["{\"b\":\"", for(<<byte <- value>>, do: [digit(div(byte, 16)), digit(rem(byte, 16))]), "\"}"]
      parts -> [?", parts, ?"]
    end
  end

  defp written(value, depth) when is_list(value) do
    if proper?(value), do: ["[", row(value, depth), "]"], else: opaque("improper list")
  end

  defp written(value, depth) when is_tuple(value), do: ["{\"t\":[", row(Tuple.to_list(value), depth), "]}"]

  defp written(value, depth) when is_map(value) and not is_map_key(value, :__struct__) do
    pairs = for {key, item} <- :maps.to_list(value), do: ["[", tagged(key, depth), ",", tagged(item, depth), "]"]
    ["{\"d\":[", :lists.join(",", pairs), "]}"]
  end

  defp written(%name{}, _), do: opaque("struct #{inspect(name)}")
  defp written(value, _) when is_atom(value), do: opaque("atom #{value}")
  defp written(_, _), do: opaque("value")

  defp proper?([_ | rest]), do: proper?(rest)
  defp proper?(rest), do: rest == []

  defp row(items, depth), do: :lists.join(",", for(item <- items, do: tagged(item, depth)))
  defp opaque(name), do: ["{\"o\":", text(name), "}"]
  defp digit(n), do: :erlang.integer_to_list(n, 16)
end
