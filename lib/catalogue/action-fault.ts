import { compileArgsSchema } from "@/lib/catalogue/arguments";
import { factFault } from "@/lib/catalogue/facts";
import type { ActionFields } from "@/lib/catalogue/inputs";

interface ActionFault {
  path: ["args"] | ["fact", "key" | "value"];
  message: string;
}

/** Why an action's definition cannot be used, or null: a schema that does not compile would otherwise refuse every request, a fact teach nothing. */
export function actionFault({ args, fact }: Pick<ActionFields, "args" | "fact">): ActionFault | null {
  const compiled = compileArgsSchema(args);
  if (!compiled.ok) return { path: ["args"], message: compiled.message };
  const fault = fact === null ? null : factFault(fact);
  return fault === null ? null : { path: ["fact", fault.field], message: fault.message };
}
