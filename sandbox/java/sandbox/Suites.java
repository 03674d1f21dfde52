// Runs a suite's classes with JUnit's launcher; every test is reported by its method's name.
package sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.vintage.engine.VintageTestEngine;

final class Suites {
    private Suites() {}

    /** Extensions are those that the suite names: nothing is found by itself, whatever lies on the path. */
    static void run(Compilation.Loader loader, boolean vintage, Channel channel) throws Throwable {
        Thread.currentThread().setContextClassLoader(loader);
        LauncherConfig.Builder config = LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine());
        if (vintage) config.addTestEngines(new VintageTestEngine());
        List<DiscoverySelector> classes = new ArrayList<>();
        for (String name : loader.trusted()) {
            Class<?> found = loader.loadClass(name);
            if (found.getEnclosingClass() == null) classes.add(DiscoverySelectors.selectClass(found));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(classes)
            .enableImplicitConfigurationParameters(false)
            .build();
        Launcher launcher = LauncherFactory.create(config.build());
        launcher.execute(request, new Reporter(channel));
    }

    private static final class Reporter implements TestExecutionListener {
        private final Channel channel;
        private final Set<String> heard = new HashSet<>();
        private TestPlan plan;

        Reporter(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionSkipped(TestIdentifier identifier, String reason) {
            all(identifier, "skip", reason);
        }

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            Throwable thrown = result.getThrowable().orElse(null);
            String kind = thrown instanceof AssertionError ? "fail" : "error";
            if (result.getStatus() == Status.SUCCESSFUL) {
                if (identifier.isTest()) one(identifier, "ok", "");
            } else {
                all(identifier, result.getStatus() == Status.ABORTED ? "skip" : kind, String.valueOf(thrown));
            }
        }

        /** What ends a class ends every test in it that has not been heard of; where there is none, it is one itself. */
        private void all(TestIdentifier identifier, String kind, String why) {
            if (identifier.isTest()) {
                one(identifier, kind, why);
                return;
            }
            int before = heard.size();
            for (TestIdentifier below : plan.getDescendants(identifier)) {
                if (below.isTest() && !heard.contains(below.getUniqueId())) one(below, kind, why);
            }
            if (heard.size() == before) channel.test(identifier.getDisplayName(), kind, why);
        }

        private void one(TestIdentifier identifier, String kind, String why) {
            heard.add(identifier.getUniqueId());
            String name = identifier.getSource()
                .filter(source -> source instanceof MethodSource)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(identifier.getDisplayName());
            channel.test(name, kind, why);
        }
    }
}
