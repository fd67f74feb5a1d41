import { compileArgsSchema } from "@/lib/catalogue/arguments";
import type { ActionFields } from "@/lib/catalogue/inputs";

/** Why an action's definition cannot be used, or null: a schema that does not compile would otherwise refuse every request. */
export function actionFault(fields: Pick<ActionFields, "args">): { field: "args"; message: string } | null {
  const compiled = compileArgsSchema(fields.args);
  return compiled.ok ? null : { field: "args", message: compiled.message };
}
