import { command, personOf, type Step } from "@/lib/audit/command";
import { VIEWS } from "@/lib/inbox/filter";
import { deleteViewInput, renameViewInput } from "@/lib/inbox/view-schemas";
import { isId } from "@/lib/kernel/ids";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** Gives one's view another name. Errors: `not_found` for somebody else's, `conflict` (field `name`) for one that is taken. */
export const renameView = command(renameViewInput, {}, async (step, { viewId, name }) => {
  const own = await ownView(step, viewId);
  if (!own.ok) return own;
  const { id, personId, name: before } = own.value;
  const taken =
    VIEWS.some((view) => view.name.toLowerCase() === name.toLowerCase()) ||
    (await step.tx.inboxView.count({ where: { personId, name, id: { not: id } } })) > 0;
  if (taken) return fail("conflict", `“${name}” is there already.`, "name");
  await step.tx.inboxView.update({ where: { id }, data: { name } });
  record(step, "inbox_view.rename", { id, personId }, { name, before });
  return ok(null);
});

/** Forgets one's view. Errors: `not_found` for somebody else's. */
export const deleteView = command(deleteViewInput, {}, async (step, { viewId }) => {
  const own = await ownView(step, viewId);
  if (!own.ok) return own;
  const { id, personId, name } = own.value;
  await step.tx.inboxView.delete({ where: { id } });
  record(step, "inbox_view.delete", { id, personId }, { name });
  return ok(null);
});

interface Own {
  id: string;
  personId: string;
}

async function ownView(step: Step, viewId: string): Promise<Result<Own & { name: string }>> {
  const personId = personOf(step);
  const view =
    personId === null || !isId(viewId)
      ? null
      : await step.tx.inboxView.findFirst({ where: { id: viewId, personId }, select: { id: true, name: true } });
  return view && personId !== null ? ok({ ...view, personId }) : fail("not_found", "There is no such view.");
}

function record(step: Step, action: string, { id, personId }: Own, detail: { [key: string]: string }): void {
  step.audit({ action, subjectKind: "inbox_view", subjectId: id, nodeId: null, detail });
  step.notify(`inbox:${personId}`);
}
