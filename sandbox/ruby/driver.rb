# Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
# ARGV: mode, the candidate's file, the suite's file. The mark is held as two small integers, which `ObjectSpace` does
# not show, and never by a variable that a `Binding` or a `TracePoint` of the candidate's could read.

Class.new do
  def initialize
    @owner = Process.pid
    @escapes = /["\\\u0000-\u001f\u007f]/
    reports = IO.for_fd(3, 'w')
    @out = reports.dup
    reports.close
  end

  def main(mode, code, suite, first, second)
    done = mode == 'compared' ? compared(code) : shared(code, suite)
    say Kernel.format('["done","%08x%08x"]', first, second) if done
    leave
  rescue SystemExit
    leave
  end

  private

  def say(line)
    @out.syswrite("#{line}\n") if Process.pid == @owner
  end

  def leave
    [$stdout, $stderr].each { |stream| stream.flush unless stream.closed? }
  ensure
    Process.exit!(0)
  end

  def text(value)
    plain = utf8(value) || value.b.gsub(/[\x80-\xff]/n, '?').force_encoding('UTF-8')
    "\"#{plain.gsub(@escapes) { |char| Kernel.format('\\u%04x', char.ord) }}\""
  end

  # The text as UTF-8, nil where it is bytes that are no text.
  def utf8(value)
    made = value.encoding == Encoding::BINARY ? String.new(value).force_encoding('UTF-8') : value.encode('UTF-8')
    made if made.valid_encoding?
  rescue EncodingError
    nil
  end

  def number(value)
    return 'NaN' if value.nan?
    return value.positive? ? 'Infinity' : '-Infinity' if value.infinite?

    value.to_s
  end

  def integer(value)
    value.bit_length < 64 ? value.to_s : "{\"i\":\"#{value.to_s(16)}\"}"
  end

  def row(items, depth)
    items.map { |item| tagged(item, depth + 1) }.join(',')
  end

  def tagged(value, depth)
    @budget -= 1
    return '{"o":"too large"}' if @budget.negative? || depth > 60

    case value
    when nil then 'null'
    when true then 'true'
    when false then 'false'
    when Integer then integer(value)
    when Float then number(value)
    when String then (whole = utf8(value)) ? text(whole) : "{\"b\":\"#{value.unpack1('H*')}\"}"
    when Array then "[#{row(value, depth)}]"
    when Hash then "{\"d\":[#{value.map { |pair| "[#{row(pair, depth)}]" }.join(',')}]}"
    when Rational then "{\"F\":[\"#{value.numerator.to_s(16)}\",\"#{value.denominator.to_s(16)}\"]}"
    else opaque(value, depth)
    end
  end

  def opaque(value, depth)
    return "{\"s\":[#{row(value.to_a, depth)}]}" if defined?(::Set) && ::Set === value
    return "{\"D\":\"#{value}\"}" if defined?(::BigDecimal) && ::BigDecimal === value

    "{\"o\":#{text(Symbol === value ? ":#{value}" : Kernel.instance_method(:class).bind_call(value).to_s)}}"
  end

  def message(error)
    text(error.message.to_s[0, 300])
  rescue StandardError
    '"an error"'
  end

  def fault(kind, error)
    name = kind == 'raised' ? "#{text(error.class.to_s)}," : ''
    say "[\"#{kind}\",#{name}#{message(error)}]"
    false
  end

  # Whether a file can be read as Ruby; says so where it cannot.
  def readable(file)
    RubyVM::InstructionSequence.compile(File.read(file, encoding: 'UTF-8'), file)
    true
  rescue SyntaxError => e
    fault('syntax', e)
  end

  def compared(code)
    cases = File.read('.cases', encoding: 'UTF-8').split("\0")
    return false unless readable(code) && loaded(code)

    cases.each_with_index { |expression, index| say "[#{index},#{answer(expression)}]" }
    true
  end

  def loaded(code)
    Kernel.load("./#{code}")
    true
  rescue SystemExit, SignalException
    Kernel.raise
  rescue Exception => e # rubocop:disable Lint/RescueException
    fault('raised', e)
  end

  def answer(expression)
    value = TOPLEVEL_BINDING.eval(expression)
    @budget = 100_000
    "\"v\",#{tagged(value, 0)}"
  rescue SystemExit, SignalException
    Kernel.raise
  rescue Exception => e # rubocop:disable Lint/RescueException
    "\"x\",[#{text(e.class.to_s)},\"Exception\"],#{message(e)}"
  end

  def shared(code, suite)
    return false unless readable(code)

    require '/sandbox/ruby/suites.rb'
    SandboxSuites::Run.new(suite) { |name, kind, why| say "[\"test\",#{text(name)},\"#{kind}\",#{text(why[0, 300])}]" }.run
  end
end.new.then do |driver|
  plan = IO.for_fd(4)
  nonce = plan.gets
  plan.close
  first = nonce[0, 8].hex
  second = nonce[8, 8].hex
  nonce.clear
  Object.autoload(:Gem, 'rubygems')
  Object.send(:remove_const, :TracePoint)
  Kernel.send(:undef_method, :set_trace_func)
  driver.main(*ARGV.shift(3), first, second)
end
