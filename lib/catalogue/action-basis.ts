import type { ActionFields } from "@/lib/catalogue/inputs";
import { hashOf, type Json } from "@/lib/kernel/json";

type Stored = { [K in keyof ActionFields]: unknown };

/** Names the stored definition of an action, so that a form that was opened before another one was saved does not undo that. */
export const actionBasis = (stored: Stored & { retiredAt: Date | null }): string =>
  hashOf([JSON.parse(JSON.stringify(fieldsOf(stored))) as Json, stored.retiredAt !== null]).toString("hex");

/** The part of a stored action that its definition is made of. */
export function fieldsOf(stored: { [K in keyof ActionFields]: unknown }): { [K in keyof ActionFields]: unknown } {
  const { title, description, kind, reversibility, impact, dataClasses, args, evidence, fact } = stored;
  const { rollback, rollbackArgs } = stored;
  return { title, description, kind, reversibility, impact, dataClasses, args, evidence, fact, rollback, rollbackArgs };
}
