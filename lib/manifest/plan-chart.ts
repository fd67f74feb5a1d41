import type { Boundary } from "@/lib/agents/schemas";
import type { Envelope } from "@/lib/budgets/schemas";
import { sha256 } from "@/lib/kernel/json";
import type { Current, CurrentNode } from "@/lib/manifest/current";
import type { FlatNode } from "@/lib/manifest/flatten";
import { placesOf } from "@/lib/manifest/places";
import { planGrants } from "@/lib/manifest/plan-grants";
import type { ManifestAgent } from "@/lib/manifest/schemas";
import { differences, same, type PlanStep } from "@/lib/manifest/steps";

/** Nodes to make, move, change and suspend, parents before children. */
export function planChart(nodes: readonly FlatNode[], current: Current, now: Date): PlanStep[] {
  const known = new Map(current.nodes.map((node) => [node.slug, node]));
  const places = placesOf(nodes, current.nodes);
  return nodes.flatMap((node) => {
    const before = known.get(node.slug);
    const position = places.get(node.slug) ?? node.index;
    return [
      ...(before ? [...moved(node, before, position), ...updated(node, before)] : [created(node, position)]),
      ...planEnvelope(node.kind, node.slug, before?.envelope ?? {}, node.node.envelope),
      ...suspended(node, before),
      ...(node.kind === "agent" ? planGrants(node.slug, node.node.grants, before, now) : []),
    ];
  });
}

/** An envelope that is to become another one. */
export function planEnvelope(subject: string, slug: string, before: Envelope, envelope: Envelope): PlanStep[] {
  if (same(before, envelope)) return [];
  const changes = differences({ envelope: before }, { envelope });
  return [{ verb: "update", subject, name: slug, changes, act: { do: "envelope.set", slug, envelope } }];
}

function created(node: FlatNode, position: number): PlanStep {
  const { slug, parent, name, kind } = node;
  const place = { slug, parent, position };
  const line = { verb: "create", subject: kind, name: `${slug} below ${parent}`, changes: [] } as const;
  switch (kind) {
    case "team":
      return { ...line, changes: [], act: { do: "team.create", ...place, name, lead: node.node.lead } };
    case "person":
      return { ...line, changes: [], act: { do: "place.create", ...place, name, email: node.node.person } };
    case "agent": {
      const { owner, rate } = node.node;
      return {
        ...line,
        changes: [],
        act: { do: "agent.create", ...place, owner, rate, boundary: boundaryOf(node.node, name) },
      };
    }
  }
}

function moved(node: FlatNode, before: CurrentNode, position: number): PlanStep[] {
  const { slug, parent } = node;
  if (before.parent === parent && before.position === position) return [];
  const changes =
    before.parent === parent
      ? [`place: ${before.position + 1} → ${position + 1}`]
      : differences({ parent: before.parent }, { parent });
  return [{ verb: "move", subject: node.kind, name: slug, changes, act: { do: "node.move", slug, parent, position } }];
}

function updated(node: FlatNode, before: CurrentNode): PlanStep[] {
  const { slug, name, kind } = node;
  const line = { verb: "update", subject: kind, name: slug } as const;
  switch (kind) {
    case "team": {
      if (before.is.kind !== "team") return [];
      const { lead } = node.node;
      const changes = differences({ name: before.name, lead: before.is.lead }, { name, lead });
      return changes.length > 0 ? [{ ...line, changes, act: { do: "team.update", slug, name, lead } }] : [];
    }
    case "person": {
      const changes = differences({ name: before.name }, { name });
      return changes.length > 0 ? [{ ...line, changes, act: { do: "place.update", slug, name } }] : [];
    }
    case "agent": {
      if (before.is.kind !== "agent") return [];
      const { owner, rate } = node.node;
      const boundary = boundaryOf(node.node, name);
      const changes = differences(
        { ...before.is.boundary, owner: before.is.owner, rate: before.is.rate },
        { ...boundary, owner, rate },
      );
      return changes.length > 0 ? [{ ...line, changes, act: { do: "agent.update", slug, owner, boundary, rate } }] : [];
    }
  }
}

function suspended(node: FlatNode, before: CurrentNode | undefined): PlanStep[] {
  const { slug, kind } = node;
  const wanted = node.node.suspended;
  if (wanted === false) return [];
  const line = { verb: "suspend", subject: kind, name: slug, changes: [] as string[] } as const;
  if (kind === "agent" && wanted === true) {
    const already = before?.is.kind === "agent" && before.is.status === "suspended";
    return already ? [] : [{ ...line, changes: [], act: { do: "agent.suspend", slug } }];
  }
  return before?.suspended ? [] : [{ ...line, changes: ["with all below"], act: { do: "node.suspend", slug } }];
}

/** The agent's definition as the manifest says it; of the instructions the hash. */
function boundaryOf(agent: ManifestAgent, name: string): Boundary {
  const { tier, purpose, model, framework, systemsRead, systemsWritten, neverData, delegates } = agent;
  return {
    name,
    tier,
    purpose,
    model,
    framework,
    systemsRead,
    systemsWritten,
    neverData,
    delegates,
    instructionsHash: instructionsHash(agent.instructions),
  };
}

function instructionsHash(instructions: string | null): string | null {
  if (instructions === null) return null;
  return instructions.startsWith("sha256:")
    ? instructions.slice("sha256:".length)
    : sha256(instructions).toString("hex");
}
