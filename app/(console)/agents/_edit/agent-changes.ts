import type { BoundaryFields } from "@/lib/agents/schemas";
import type { Rates } from "@/lib/budgets/schemas";

/** What of an agent its form edits. Its tier is not among it: that is asked for, or taken back, on the record of its runs. */
export interface AgentDraft {
  name: string;
  ownerId: string;
  boundary: BoundaryFields;
  rate: Rates;
}

/** An agent as its form is opened on it. */
export interface EditedAgent extends AgentDraft {
  id: string;
  version: number;
  /** What it is limited to where it has no limit of its own. */
  inherited: { run: string; agent: string };
}

interface AgentChanges {
  name?: string;
  ownerId?: string;
  boundary?: Partial<BoundaryFields>;
  rate?: Rates;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What differs between the form as it was opened and as it is sent, so that nothing is written over that somebody else changed
 * meanwhile; null when nothing does. Words are compared in order. Rates are sent as a whole.
 */
export function agentChanges(before: AgentDraft, after: AgentDraft): AgentChanges | null {
  const boundary: Partial<BoundaryFields> = {};
  const { purpose, instructionsHash, model, framework, systemsRead, systemsWritten, neverData, delegates } =
    after.boundary;
  if (purpose !== before.boundary.purpose) boundary.purpose = purpose;
  if (instructionsHash !== before.boundary.instructionsHash) boundary.instructionsHash = instructionsHash;
  if (model !== before.boundary.model) boundary.model = model;
  if (framework !== before.boundary.framework) boundary.framework = framework;
  if (!same(systemsRead, before.boundary.systemsRead)) boundary.systemsRead = systemsRead;
  if (!same(systemsWritten, before.boundary.systemsWritten)) boundary.systemsWritten = systemsWritten;
  if (!same(neverData, before.boundary.neverData)) boundary.neverData = neverData;
  if (!same(delegates, before.boundary.delegates)) boundary.delegates = delegates;
  const changes: AgentChanges = {
    ...(after.name !== before.name && { name: after.name }),
    ...(after.ownerId !== before.ownerId && { ownerId: after.ownerId }),
    ...(Object.keys(boundary).length > 0 && { boundary }),
    ...(!(after.rate.run === before.rate.run && after.rate.agent === before.rate.agent) && { rate: after.rate }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}
