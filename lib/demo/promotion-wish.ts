import type { CommandContext } from "@/lib/audit/change";
import { actAs, playedPeople } from "@/lib/demo/act-as";
import { requestPromotion } from "@/lib/promotions/request";

/** Who would trust which agent with the next tier, and why. The admin above them decides: a newcomer signs in as her. */
const WISHES = [
  {
    email: "maya@larkfield.example",
    agent: "delivery-tracer",
    reason: "I have not corrected one of its notes. It could write to customers itself.",
  },
  {
    email: "hana@larkfield.example",
    agent: "code-reviewer",
    reason: "Its comments are right, and the team acts on them anyway.",
  },
] as const;
/** Fewer finished runs are no record to ask on. */
const RUNS = 5;

/** Somebody of the demo's cast asks that an agent be trusted with more, once in its life, when it has something to show. Returns whether anybody did. */
export async function wishForPromotion(context: CommandContext): Promise<boolean> {
  const played = await playedPeople(context);
  for (const { email, agent: slug, reason } of WISHES) {
    const person = played.find((one) => one.email === email);
    const node = await context.db.node.findUnique({ where: { slug }, select: { id: true } });
    if (!person || !node) continue;
    const [asked, ended] = await Promise.all([
      context.db.promotion.count({ where: { agentId: node.id } }),
      context.db.run.count({ where: { agentId: node.id, endedAt: { not: null } } }),
    ]);
    if (asked > 0 || ended < RUNS) continue;
    const viewer = await actAs(context, person);
    if (viewer && (await requestPromotion(viewer, { agentId: node.id, reason })).ok) return true;
  }
  return false;
}
