import { change, type Change, type CommandContext } from "@/lib/audit/change";
import { isSetUp } from "@/lib/people/is-set-up";
import { setUpSchema, type SetUpInput } from "@/lib/people/account-schemas";
import { hashPassword } from "@/lib/people/password";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { parseInput } from "@/lib/kernel/parse";

export const ROOT_SLUG = "organisation";

/**
 * The first run: the root of the chart, the first person, and the admin role at the root. Used by the page and by the CLI.
 * The lock on the configuration row makes of two that come at once one winner; the other gets `setup_done`.
 * A person whom a manifest already named by this e-mail is adopted rather than made twice.
 */
export async function setUp(context: CommandContext, raw: SetUpInput): Promise<Result<{ personId: string }>> {
  const parsed = parseInput(setUpSchema, raw);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  if (await isSetUp(context.db)) return done();
  const passwordHash = await hashPassword(input.password);
  return await change(context, { rebindsDecisions: true }, async ({ tx, now, audit, notify }) => {
    if (await isSetUp(tx)) return done();
    const nodeId = await rootNode(tx, context, input.organisation);
    const { id: personId } = await tx.person.upsert({
      where: { email: input.email },
      create: { id: context.newId(), email: input.email, name: input.name, passwordHash, createdAt: now },
      update: { name: input.name, passwordHash, status: "active" },
      select: { id: true },
    });
    await tx.roleBinding.createMany({
      data: [{ id: context.newId(), personId, role: "admin", nodeId }],
      skipDuplicates: true,
    });
    audit({
      action: "organisation.set_up",
      subjectKind: "person",
      subjectId: personId,
      nodeId,
      detail: { email: input.email, name: input.name, role: "admin", organisation: input.organisation ?? null },
    });
    notify("people", "chart");
    return ok({ personId });
  });
}

const done = () => fail("setup_done", "This organisation is already set up. Sign in, or ask an admin to invite you.");

async function rootNode(tx: Change["tx"], context: CommandContext, organisation: string | undefined): Promise<string> {
  if (organisation !== undefined) await tx.configuration.update({ where: { id: 1 }, data: { organisation } });
  const root = await tx.node.findFirst({ where: { parentId: null }, select: { id: true } });
  if (root) {
    if (organisation !== undefined) await tx.node.update({ where: { id: root.id }, data: { name: organisation } });
    return root.id;
  }
  const id = context.newId();
  await tx.node.create({ data: { id, kind: "team", slug: ROOT_SLUG, name: organisation ?? "Organisation" } });
  return id;
}
