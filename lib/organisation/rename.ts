import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { ok } from "@/lib/kernel/result";
import { ensureRoot } from "@/lib/organisation/root";
import { renameOrganisationInput } from "@/lib/organisation/schemas";

/** Names the organisation, and the root of its chart with it. */
export const renameOrganisation = command(
  renameOrganisationInput,
  { rebindsDecisions: true },
  async (step, { name }) => {
    const allowed = authorise(step, "organisation.write", null);
    if (!allowed.ok) return allowed;
    const root = await ensureRoot(step, name);
    if (!root.ok) return root;
    const before = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { organisation: true } });
    await step.tx.configuration.updateMany({ where: { id: 1 }, data: { organisation: name } });
    await step.tx.node.update({ where: { id: root.value.id }, data: { name } });
    step.audit({
      action: "organisation.rename",
      subjectKind: "organisation",
      subjectId: root.value.id,
      nodeId: null,
      detail: { before: { name: before.organisation }, after: { name } },
    });
    step.notify("chart");
    return ok({ id: root.value.id });
  },
);
