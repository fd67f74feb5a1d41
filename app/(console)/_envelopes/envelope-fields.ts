import { UNITS } from "@/lib/budgets/envelope";
import { PERIODS } from "@/lib/budgets/periods";
import type { Envelope } from "@/lib/budgets/schemas";

/** The name of a field: as a refusal names what is wrong in it. */
export const fieldName = (period: string, unit: string): string => `envelope.${period}.${unit}`;

/** The envelope that a form says: what is left empty is not limited. A text that is no number is passed on as one that is refused. */
export function envelopeFrom(text: (name: string) => string): Envelope {
  const envelope: Envelope = {};
  for (const period of PERIODS) {
    const limits: NonNullable<Envelope["day"]> = {};
    for (const unit of UNITS) {
      const value = text(fieldName(period, unit)).trim();
      if (value !== "") limits[unit] = Number(value);
    }
    if (Object.keys(limits).length > 0) envelope[period] = limits;
  }
  return envelope;
}
