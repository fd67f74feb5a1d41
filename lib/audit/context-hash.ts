import { isDecisionCode, publicMessage } from "@/lib/decisions/codes";
import { sha256Hex } from "@/lib/kernel/json";

/** What a request brought beside its arguments, as the JSON texts that are stored; null where it brought none. */
export interface ContextTexts {
  resource: string | null;
  evidence: string | null;
  estimate: string | null;
}

/**
 * What a decision's record says of its resource, evidence, estimate and message: hex of SHA-256 over the texts as stored, with the lengths
 * of the first three before them, so that nothing can move from one into another. Null when the request brought none of them and the answer
 * is its code's own: then there is nothing to hash. Records that were made before this was in them say neither.
 */
export function contextHash(
  code: string,
  message: string,
  { resource, evidence, estimate }: ContextTexts,
): string | null {
  const plain = resource === null && evidence === null && estimate === null;
  if (plain && isDecisionCode(code) && message === publicMessage(code)) return null;
  const lengths = `${resource?.length ?? 0},${evidence?.length ?? 0},${estimate?.length ?? 0}`;
  return sha256Hex(`${lengths}\n${resource ?? ""}${evidence ?? ""}${estimate ?? ""}${message}`);
}
