import { parseBody } from "@/lib/audit/verify";

/** A record about one approval or review, from whichever chain. */
export interface RecordedStep {
  stream: string;
  /** Decimal text. */
  seq: string;
  body: string;
}

interface Step {
  action: string;
  actorId: string;
  /** ISO 8601. */
  at: string;
  subjectId: string;
  detail: Readonly<Record<string, unknown>>;
}

/** What people and the worker did, in the order in which it happened; what gates recorded stands in chains of their own, and behind it. */
const ORDERED = "configuration";

/**
 * What these records say, whatever their order: questions first, then the steps of the one chain that has them in order, then those of gates.
 * A gate's record of an approval or a review is its last one, or says itself what it is about.
 */
export function readSteps(records: readonly RecordedStep[]): Step[] {
  return records
    .toSorted((a, b) => placeOf(a) - placeOf(b) || compare(a, b))
    .flatMap(({ body }) => {
      const said = parseBody(body);
      if (!said) return [];
      const { action, actor, at, subject, detail } = said;
      return [{ action, actorId: actor.id ?? "", at, subjectId: subject.id, detail }];
    });
}

function placeOf({ stream, body }: RecordedStep): number {
  if (body.startsWith('{"action":"decision.')) return 0;
  return stream === ORDERED ? 1 : 2;
}

function compare(a: RecordedStep, b: RecordedStep): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return BigInt(a.seq) < BigInt(b.seq) ? -1 : 1;
}
