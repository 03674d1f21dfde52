"""Where code is executed: runners that share one fork server and differ in the walls around it.

`open_runner` in `base` chooses; `pool` drives any of them; `verdict` and `compare` turn facts into outcomes.
"""

from codefactory.registry import Registry

RUNNERS = Registry(
    "runner",
    {
        "docker": "codefactory.runner.docker:open_docker",
        "namespace": "codefactory.runner.namespace:open_namespace",
        "process": "codefactory.runner.process:open_process",
    },
)
