"""Runs Rasa's trained graph by calling its components in order.

Rasa hands each message and each prediction to a scheduler of parallel work (dask), which plans the graph anew every time.
The order never changes and nothing runs in parallel: it is worked out once for each target.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelStorage

from bot.dialogue.quick_policies import quick


class DirectRunner(DaskGraphRunner):
    """Rasa's runner with the same components, loaded in the same way."""

    def __init__(self, graph_schema: GraphSchema, model_storage: ModelStorage, execution_context: ExecutionContext, hooks: Any = None) -> None:
        super().__init__(graph_schema, model_storage, execution_context, hooks)
        for node in self._instantiated_nodes.values():
            node._component = quick(node._component)
        self._plans: dict[str, list[tuple[str, GraphNode, list[str]]]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of the targets (the graph's own by default), from `inputs` by placeholder."""
        wanted = targets or self._graph_schema.target_names
        results = dict(inputs or {})
        for target in wanted:
            for name, node, needs in self._plan(target):
                if name not in results:
                    _, results[name] = node(*[(need, results[need]) for need in needs])
        return {target: results[target] for target in wanted}

    def _plan(self, target: str) -> list[tuple[str, GraphNode, list[str]]]:
        if target not in self._plans:
            order: dict[str, None] = {}
            self._visit(target, order)
            self._plans[target] = [(name, self._instantiated_nodes[name], list(dict.fromkeys(self._graph_schema.nodes[name].needs.values())))
                                   for name in order]
        return self._plans[target]

    def _visit(self, name: str, order: dict[str, None]) -> None:
        """Adds a node after all it needs; what is no node is an input."""
        if name in order or name not in self._graph_schema.nodes:
            return
        for need in self._graph_schema.nodes[name].needs.values():
            self._visit(need, order)
        order[name] = None
