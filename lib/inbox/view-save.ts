import { command, personOf } from "@/lib/audit/command";
import { VIEWS } from "@/lib/inbox/filter";
import { saveViewInput, VIEWS_MAX } from "@/lib/inbox/view-schemas";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Keeps a view of the inbox for the person who acts; a name that they have already takes the new filter. Errors: `forbidden` for who is no
 * person, `conflict` (field `name`) for the name of a view that everybody has, `too_large` beyond {@link VIEWS_MAX}.
 */
export const saveView = command(saveViewInput, {}, async (step, { name, filter }) => {
  const personId = personOf(step);
  if (personId === null) return fail("forbidden", "Only people keep views.");
  if (VIEWS.some((view) => view.name.toLowerCase() === name.toLowerCase())) {
    return fail("conflict", `“${name}” is there already.`, "name");
  }
  // Two tabs that save at once wait here, so that the bound holds.
  await step.tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
  const held = await step.tx.inboxView.findMany({ where: { personId }, select: { id: true, name: true } });
  const same = held.find((view) => view.name === name);
  if (!same && held.length >= VIEWS_MAX) {
    return fail("too_large", `You have ${VIEWS_MAX} views. Delete one first.`, "name");
  }
  const viewId = same?.id ?? step.newId();
  await step.tx.inboxView.upsert({
    where: { personId_name: { personId, name } },
    create: { id: viewId, personId, name, filter, createdAt: step.now },
    update: { filter },
  });
  step.audit({
    action: "inbox_view.save",
    subjectKind: "inbox_view",
    subjectId: viewId,
    nodeId: null,
    detail: { name, filter },
  });
  step.notify(`inbox:${personId}`);
  return ok({ viewId });
});
