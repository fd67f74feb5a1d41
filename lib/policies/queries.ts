import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { PolicyDraft, PolicyVersion } from "@/lib/db/generated/client";
import { draftFaults } from "@/lib/policies/drafts/faults";
import { rulesHash } from "@/lib/policies/drafts/hash";
import { draftRulesSchema } from "@/lib/policies/drafts/schemas";
import { isSlug } from "@/lib/kernel/slug";
import { needsSecondPerson, secondPersonFault } from "@/lib/policies/second-person";
import { rulesInSight, ruleSight, type RuleSight } from "@/lib/policies/sight";
import { readStoredRules } from "@/lib/policies/stored-rules";
import type { Author, DraftSummary, DraftView, PolicyView, VersionLine, VersionView } from "@/lib/policies/views";
import { readRuleWorld } from "@/lib/policies/world";

/** One policy; null when there is none, or none of its rules concerns an agent in the viewer's sight (I12). A policy that is only a draft yet is one. */
export async function readPolicy(viewer: Viewer, slug: string): Promise<PolicyView | null> {
  const sight = await sightInto(viewer, slug);
  if (!sight) return null;
  const { db, access } = viewer;
  const [policy, draft] = await Promise.all([
    db.policy.findUnique({ where: { id: slug }, include: { _count: { select: { versions: true } } } }),
    sight === "all" ? db.policyDraft.findUnique({ where: { policyId: slug } }) : null,
  ]);
  if (!policy && !draft) return null;
  const stored =
    policy?.publishedVersion == null
      ? null
      : await db.policyVersion.findUnique({
          where: { policyId_number: { policyId: slug, number: policy.publishedVersion } },
        });
  const people = await peopleOf(db, [stored?.createdById, ...peopleOfDraft(draft)]);
  const current = stored && versionView(stored, people, sight);
  if (sight !== "all" && (current === null || countOf(current) === 0)) return null;
  return {
    id: slug,
    name: policy?.name ?? draft?.name ?? slug,
    retiredAt: policy?.retiredAt?.toISOString() ?? null,
    current,
    versions: policy?._count.versions ?? 0,
    draft: draft && { ...summaryOf(draft, people), rules: draftRulesSchema.parse(draft.rules), name: draft.name },
    mayWrite: access.canEverywhere("policy.write"),
  };
}

/** What a policy is called; null as readPolicy, which reads more. */
export async function policyName(viewer: Viewer, slug: string): Promise<string | null> {
  const sight = await sightInto(viewer, slug);
  if (sight !== "all") return sight && ((await readPolicy(viewer, slug))?.name ?? null);
  const { db } = viewer;
  const policy = await db.policy.findUnique({ where: { id: slug }, select: { name: true } });
  if (policy) return policy.name;
  return (await db.policyDraft.findUnique({ where: { policyId: slug }, select: { name: true } }))?.name ?? null;
}

/** The policy's draft with all that its editor needs; null when there is none. Drafts are seen by those who read the whole organisation's policies. */
export async function readDraft(viewer: Viewer, slug: string): Promise<DraftView | null> {
  if ((await sightInto(viewer, slug)) !== "all") return null;
  const { db, access, person } = viewer;
  const [draft, policy, secondPerson] = await Promise.all([
    db.policyDraft.findUnique({ where: { policyId: slug } }),
    db.policy.findUnique({ where: { id: slug }, select: { publishedVersion: true, retiredAt: true } }),
    needsSecondPerson(db),
  ]);
  if (!draft) return null;
  const number = policy && policy.retiredAt === null ? policy.publishedVersion : null;
  const rules = draftRulesSchema.parse(draft.rules);
  const [inForce, world, people] = await Promise.all([
    number === null ? null : readVersion(viewer, slug, number),
    readRuleWorld(db, rules),
    peopleOf(db, peopleOfDraft(draft)),
  ]);
  const mayWrite = access.canEverywhere("policy.write");
  const second = secondPerson ? secondPersonFault(draft, person.id) : null;
  const refusal = mayWrite
    ? second?.ok === false
      ? second.error.message
      : null
    : "Managers of the organisation publish.";
  return {
    ...summaryOf(draft, people),
    policy: slug,
    name: draft.name,
    note: draft.note,
    rules,
    rulesHash: rulesHash(rules),
    inForce,
    faults: draftFaults(rules, world),
    mayWrite,
    publishRefusal: refusal,
    secondPerson,
  };
}

/** One published version; null when there is none, or none of its rules is in the viewer's sight. */
export async function readVersion(viewer: Viewer, slug: string, number: number): Promise<VersionView | null> {
  const sight = await sightInto(viewer, slug);
  if (!sight || !Number.isInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const stored = await viewer.db.policyVersion.findUnique({
    where: { policyId_number: { policyId: slug, number } },
  });
  if (!stored) return null;
  const view = versionView(stored, await peopleOf(viewer.db, [stored.createdById]), sight);
  return sight === "all" || countOf(view) > 0 ? view : null;
}

/** A policy's versions, newest first, a hundred at a time: those below `before`. */
export async function listVersions(viewer: Viewer, slug: string, before: number | null = null): Promise<VersionLine[]> {
  const sight = await sightInto(viewer, slug);
  if (!sight) return [];
  const { db } = viewer;
  const [policy, stored] = await Promise.all([
    db.policy.findUnique({ where: { id: slug }, select: { publishedVersion: true, retiredAt: true } }),
    db.policyVersion.findMany({
      where: { policyId: slug, ...(before === null ? {} : { number: { lt: before } }) },
      orderBy: { number: "desc" },
      take: 100,
    }),
  ]);
  const people = await peopleOf(
    db,
    stored.map((one) => one.createdById),
  );
  return stored
    .map((one) => versionView(one, people, sight))
    .filter((one) => sight === "all" || countOf(one) > 0)
    .map((one) => ({
      ...one,
      rules: countOf(one),
      unreadable: one.unreadable.length,
      inForce: policy?.retiredAt === null && policy.publishedVersion === one.number,
    }));
}

async function sightInto(viewer: Viewer, slug: string): Promise<RuleSight | null> {
  return isSlug(slug) ? ruleSight(viewer) : null;
}

type People = ReadonlyMap<string, Author>;

async function peopleOf(db: Db, ids: readonly (string | null | undefined)[]): Promise<People> {
  const known = [...new Set(ids.filter((id) => typeof id === "string"))];
  if (known.length === 0) return new Map();
  const people = await db.person.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person]));
}

const personIn = (people: People, id: string | null): Author | null => (id === null ? null : (people.get(id) ?? null));

const peopleOfDraft = (draft: PolicyDraft | null): (string | null)[] =>
  draft ? [...draft.authorIds, draft.updatedById, draft.proposedById] : [];

function summaryOf(draft: PolicyDraft, people: People): DraftSummary {
  return {
    id: draft.id,
    revision: draft.revision,
    state: draft.state,
    baseVersion: draft.baseVersion,
    authors: draft.authorIds.flatMap((id) => personIn(people, id) ?? []),
    updatedAt: draft.updatedAt.toISOString(),
    updatedBy: personIn(people, draft.updatedById),
    proposedAt: draft.proposedAt?.toISOString() ?? null,
    proposedBy: personIn(people, draft.proposedById),
  };
}

const countOf = ({ rules, unreadable }: VersionView): number => rules.length + unreadable.length;

function versionView(stored: PolicyVersion, people: People, sight: RuleSight): VersionView {
  const { rules, unreadable } = readStoredRules(stored.rules);
  return {
    number: stored.number,
    rules: rulesInSight(rules, sight),
    // They deny everything, and so concern everybody.
    unreadable: sight === "all" ? unreadable : unreadable.map((one) => ({ ...one, why: "", text: null })),
    note: stored.note,
    by: personIn(people, stored.createdById),
    at: stored.createdAt.toISOString(),
  };
}
