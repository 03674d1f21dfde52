# Runs a minitest file, test after test in its own order, and says what became of each.
# A candidate lives in the same process: what the framework stands on is remembered before its first line is read, and
# looked at after each test. A test that was not written in the suite's own file does not count either.
require 'minitest'
require 'minitest/spec'
require 'minitest/mock'
Minitest.class_variable_set(:@@installed_at_exit, true) # 'minitest/autorun' then waits for nothing
Minitest.seed = 0 if Minitest.respond_to?(:seed=)
require 'minitest/autorun'

module SandboxSuites
  # Methods by (module, name), to be found again as they were.
  class Watched
    # What assertions and the run of tests ask of plain values, classes and methods.
    CORE = %i[
      == != ! === =~ <=> eql? equal? hash nil? is_a? kind_of? instance_of? class respond_to? raise frozen? include? empty?
      match match? size length send __send__ public_send instance_method method_added inherited included define_method
      public_instance_methods describe proc lambda catch throw call bind bind_call owner source_location
    ].freeze
    PLAIN = [
      BasicObject, Object, Kernel, Module, Class, Comparable, Integer, Float, String, Symbol, Array, Hash, Range, NilClass,
      TrueClass, FalseClass, Regexp, Exception, Proc, Method, UnboundMethod
    ].freeze

    def initialize
      names = PLAIN.to_h { |owner| [owner, CORE] }
      framework(Minitest).each { |owner| names[owner] = own(owner) }
      @found = names.flat_map { |owner, all| all.filter_map { |name| entry(owner, name) } }
    end

    def add(tests)
      names = own(Minitest::Assertions)
      @found += tests.flat_map { |owner| names.filter_map { |name| entry(owner, name) } }
    end

    # The first method that is another one now, nil where there is none.
    def changed
      owner, name = @found.find { |one, called, method| !(known?(one, called) && one.instance_method(called) == method) }
      name && "#{owner.inspect}##{name}"
    end

    private

    def known?(owner, name) = owner.method_defined?(name) || owner.private_method_defined?(name)
    def entry(owner, name) = known?(owner, name) ? [owner, name, owner.instance_method(name)] : nil
    def own(owner) = owner.instance_methods(false) + owner.private_instance_methods(false)

    def framework(owner, found = [])
      return found if found.include?(owner)

      found.push(owner, owner.singleton_class)
      owner.constants(false).map { |name| owner.const_get(name) }.grep(Module)
           .select { |inner| inner.name.to_s.start_with?('Minitest::') }.each { |inner| framework(inner, found) }
      found
    end
  end

  class Run
    OWN = Minitest::Spec::DSL.instance_method(:it).source_location.first # an `it` without a block is skipped there

    def initialize(suite, &report)
      @path = File.expand_path(suite)
      @report = report
      @written = File.read(@path, encoding: 'UTF-8').scan(/^\s*(?:def\s+test_|(?:it|specify)[ (]+["'])/).size
      @watched = Watched.new
    end

    # Whether all went to its end, and no fewer tests ran than the file has.
    def run
      return false unless loaded

      tests = Minitest::Runnable.runnables.dup.uniq.flat_map { |owner| methods_of(owner) }
      @watched.add(tests.map(&:first).uniq)
      tests.each { |owner, name| one(owner, name) }
      tests.size >= @written
    end

    private

    def loaded
      $LOAD_PATH.push(Dir.pwd, "#{Dir.pwd}/lib")
      $PROGRAM_NAME = @path
      Kernel.load(@path)
      changed = @watched.changed
      @report.call('the file', 'error', "#{changed} is not the framework's any more") if changed
      !changed
    rescue SystemExit, SignalException
      Kernel.raise
    rescue Exception => e # rubocop:disable Lint/RescueException
      @report.call('the file', 'error', "#{e.class}: #{e.message}")
      true
    end

    def methods_of(owner)
      owner.public_instance_methods.grep(/\Atest_/).sort.map { |name| [owner, name] }
    end

    def one(owner, name)
      from = owner.instance_method(name).source_location&.first
      title = name.to_s.sub(/\Atest_\d{4}_/, '')
      return @report.call(title, 'error', 'a test that the suite did not write') unless [@path, OWN].include?(from)

      test = owner.new(name.to_s)
      result = test.run
      changed = @watched.changed || (test.singleton_methods & Minitest::Assertions.instance_methods).first
      changed ? @report.call(title, 'error', "#{changed} is not the framework's any more") : said(title, result.failures)
    end

    def said(title, failures)
      first = failures.first
      kind =
        case first
        when nil then 'ok'
        when Minitest::Skip then 'skip'
        when Minitest::UnexpectedError then 'error'
        else 'fail'
        end
      @report.call(title, kind, first ? first.message.to_s : '')
    end
  end
end
