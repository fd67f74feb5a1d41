import type { ASTNode } from "@marcbachmann/cel-js";

import { childrenOf, type Analysis } from "@/lib/policies/cel/analyse";
import { charge, reserve, weigh } from "@/lib/policies/cel/meter";

/** The part of the library's nodes that is not in its types: how one is run. Pinned by metering tests. */
interface Runnable {
  evaluate(evaluator: unknown, node: unknown, context: unknown): unknown;
}

const isRunnable = (node: object): node is Runnable => "evaluate" in node && typeof node.evaluate === "function";

/**
 * Makes every step of the loops of a checked tree pay for itself. A body is charged before it runs, so that a body that only
 * fails pays too; every value that a body touches is weighed, so that a list or text that doubles with each step is stopped; a
 * range that is larger than what is left is not even begun. A node sets its own `evaluate` when it first runs, hence the accessor.
 */
export function meterLoops(loops: Analysis["loops"]): void {
  const done = new Set<ASTNode>();
  const wrap = (node: ASTNode, before: number, after: (value: unknown) => void): void => {
    if (done.has(node) || !isRunnable(node)) return;
    done.add(node);
    let inner: Runnable["evaluate"] = node.evaluate;
    const metered: Runnable["evaluate"] = (evaluator, self, context) => {
      charge(before);
      const value = inner.call(node, evaluator, self, context);
      after(value);
      return value;
    };
    Object.defineProperty(node, "evaluate", {
      configurable: true,
      get: () => metered,
      set: (resolved: Runnable["evaluate"]) => {
        inner = resolved;
      },
    });
  };
  const body = (node: ASTNode): void => {
    for (const [child] of childrenOf(node)) body(child);
    wrap(node, 0, touched);
  };
  for (const loop of loops) {
    for (const one of loop.bodies) wrap(one, 1, touched);
    wrap(loop.range, 0, (value) => reserve(lengthOf(value)));
  }
  for (const loop of loops) for (const one of loop.bodies) body(one);
}

const touched = (value: unknown): void => charge(weigh(value));

function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return value !== null && typeof value === "object" ? Object.keys(value).length : 0;
}
