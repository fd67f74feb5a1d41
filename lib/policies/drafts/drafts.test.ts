import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { saveSettings } from "@/lib/organisation/settings-save";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  must,
  operator,
  viewerOf,
  type TestDatabase,
} from "@/lib/people/people-testing";
import { grantRole } from "@/lib/people/role-grant";
import { discardDraft } from "@/lib/policies/drafts/discard";
import { proposeDraft } from "@/lib/policies/drafts/propose";
import { publishDraft } from "@/lib/policies/drafts/publish";
import { saveDraft } from "@/lib/policies/drafts/save";
import { draftRuleSchema, type DraftRule } from "@/lib/policies/drafts/schemas";
import { startDraft } from "@/lib/policies/drafts/start";
import { publishPolicy } from "@/lib/policies/publish";
import { policyListSchema } from "@/lib/policies/list-params";
import { listPolicies } from "@/lib/policies/list-queries";
import { listVersions, readDraft, readPolicy, readVersion } from "@/lib/policies/queries";
import { retirePolicy } from "@/lib/policies/retire";
import { ruleSchema, type Rule } from "@/lib/policies/schemas";

let database: TestDatabase;
let people: Awaited<ReturnType<typeof createOrganisation>>["people"];
let nodes: Awaited<ReturnType<typeof createOrganisation>>["nodes"];
const clock = handClock();

beforeAll(async () => {
  database = await createTestDatabase();
  ({ people, nodes } = await createOrganisation(database.db, clock));
  // A second one who may write policies: sam manages the whole organisation, too.
  must(await grantRole(operator(database.db, clock), { personId: people.sam, role: "manager", nodeId: nodes.root }));
});
afterAll(() => database.close());

const as = (personId: string) => viewerOf(database.db, clock, personId);
const cli = () => operator(database.db, clock);
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  match: { actions: ["*"] },
  effect: "deny",
  ...more,
});
const failing = (code: string, field?: string) => ({
  ok: false,
  error: field === undefined ? { code } : { code, field },
});
let made = 0;
/** A slug of the test's own. */
const fresh = () => `policy-${(made += 1)}`;
const begun = async (person: string, rules: DraftRule[] = [rule("a")]) => {
  const policy = fresh();
  const draft = must(await startDraft(await as(person), { policy, name: policy, rules, isNew: true }));
  return { policy, ...draft };
};

describe("a draft", () => {
  it("holds what is in force, and is the only one", async () => {
    const policy = fresh();
    must(await publishPolicy(cli(), { id: policy, name: "Refunds", rules: [{ ...rule("a"), effect: "deny" }] }));
    const ada = await as(people.ada);
    const { draftId } = must(await startDraft(ada, { policy }));
    expect(await readDraft(ada, policy)).toMatchObject({
      id: draftId,
      revision: 1,
      name: "Refunds",
      baseVersion: 1,
      rules: [rule("a")],
      inForce: { number: 1, by: null },
      authors: [{ name: "Ada Root" }],
      faults: [],
      mayWrite: true,
      publishRefusal: null,
    });
    expect(await startDraft(ada, { policy })).toMatchObject(failing("conflict", "policy"));
    expect(await startDraft(ada, { policy, isNew: true })).toMatchObject(failing("conflict", "policy"));
  });

  it("of a new policy needs a name, and is no policy until it is published", async () => {
    const ada = await as(people.ada);
    expect(await startDraft(ada, { policy: fresh() })).toMatchObject(failing("invalid_input", "name"));
    const { policy } = await begun(people.ada);
    expect(await database.db.policy.findUnique({ where: { id: policy } })).toBeNull();
    expect(await readPolicy(ada, policy)).toMatchObject({ current: null, versions: 0, draft: { state: "editing" } });
  });

  it("keeps what is not finished, and says what is missing", async () => {
    const { policy, draftId, revision } = await begun(people.ada);
    const open = rule("", { match: { actions: [] }, when: "args.amount >" });
    const saved = must(
      await saveDraft(await as(people.ada), { draftId, revision, name: "N", rules: [rule("b"), open, rule("b")] }),
    );
    expect(saved.revision).toBe(2);
    const draft = await readDraft(await as(people.ada), policy);
    expect(draft?.rules[1]).toEqual(open);
    expect(draft?.faults.map(({ rule: index, path }) => `${index}.${path.join(".")}`)).toEqual([
      "1.id",
      "1.match.actions",
      "2.id",
    ]);
    expect(await publishDraft(await as(people.ada), { draftId, revision: 2, note: "x", inForce: null })).toMatchObject(
      failing("invalid_input", "rules.1.id"),
    );
    expect(await proposeDraft(await as(people.ada), { draftId, revision: 2 })).toMatchObject(
      failing("invalid_input", "rules.1.id"),
    );
  });

  it("refuses to be saved over a revision that its author did not see; one of two wins", async () => {
    const { draftId, revision } = await begun(people.ada);
    const save = async (person: string, name: string) =>
      saveDraft(await as(person), { draftId, revision, name, rules: [] });
    const both = await Promise.all([save(people.ada, "A"), save(people.sam, "B")]);
    expect(both.map((one) => one.ok).toSorted()).toEqual([false, true]);
    expect(both.find((one) => !one.ok)).toMatchObject(failing("conflict", "revision"));
  });

  it("that was thrown away does not come back by a late save, even when it was begun anew", async () => {
    const { policy, draftId, revision } = await begun(people.ada);
    const ada = await as(people.ada);
    must(await discardDraft(ada, { draftId, revision }));
    const again = must(await startDraft(ada, { policy, name: "Again", rules: [] }));
    expect(again.revision).toBe(revision);
    expect(await saveDraft(ada, { draftId, revision, name: "Late", rules: [] })).toMatchObject(
      failing("conflict", "draftId"),
    );
    expect(await readDraft(ada, policy)).toMatchObject({ name: "Again" });
  });

  it("is written only by those who manage the whole organisation, and seen by those who read it", async () => {
    const { policy, draftId, revision } = await begun(people.ada);
    const sue = await as(people.sue);
    expect(await saveDraft(sue, { draftId, revision, name: "S", rules: [] })).toMatchObject(failing("forbidden"));
    expect(await startDraft(sue, { policy: fresh(), name: "S", rules: [] })).toMatchObject(failing("forbidden"));
    expect(await readDraft(sue, policy)).toBeNull();
    expect(await readPolicy(sue, policy)).toBeNull();
  });

  it("takes what the database cannot keep as a fault", async () => {
    const { draftId, revision } = await begun(people.ada);
    for (const message of ["a\0b", "\ud800"]) {
      const saved = await saveDraft(await as(people.ada), {
        draftId,
        revision,
        name: "N",
        rules: [rule("a", { message })],
      });
      expect(saved).toMatchObject(failing("invalid_input", "rules.0.message"));
    }
  });
});

describe("publishing a draft", () => {
  it("puts it in force with its note, and ends it", async () => {
    const { policy, draftId, revision } = await begun(people.ada, [rule("a", { when: "", to: [], message: " " })]);
    const ada = await as(people.ada);
    expect(await publishDraft(ada, { draftId, revision, note: " ", inForce: null })).toMatchObject(
      failing("invalid_input", "note"),
    );
    expect(await publishDraft(ada, { draftId, revision, note: "First.", inForce: null })).toEqual({
      ok: true,
      value: { policy, version: 1 },
    });
    expect(await readDraft(ada, policy)).toBeNull();
    expect(await readVersion(ada, policy, 1)).toMatchObject({
      rules: [rule("a")],
      note: "First.",
      by: { name: "Ada Root" },
    });
    const record = await database.db.auditRecord.findFirst({
      where: { action: "policy.publish", subjectId: policy },
      select: { body: true },
    });
    expect(JSON.parse(record?.body ?? "")).toMatchObject({ detail: { draftId, authorIds: [people.ada], version: 1 } });
  });

  it("is refused when another version came into force than was compared with", async () => {
    const { policy, draftId, revision } = await begun(people.ada);
    must(await publishPolicy(cli(), { id: policy, name: "By manifest", rules: [] }));
    const ada = await as(people.ada);
    expect(await publishDraft(ada, { draftId, revision, note: "x", inForce: null })).toMatchObject(
      failing("conflict", "inForce"),
    );
    expect(await readDraft(ada, policy)).toMatchObject({ baseVersion: null, inForce: { number: 1 } });
    expect(await publishDraft(ada, { draftId, revision, note: "x", inForce: 1 })).toMatchObject({
      value: { version: 2 },
    });
  });

  it("happens once when two press at once", async () => {
    const { policy, draftId, revision } = await begun(people.ada);
    const press = async (person: string) =>
      publishDraft(await as(person), { draftId, revision, note: "x", inForce: null });
    const both = await Promise.all([press(people.ada), press(people.sam)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await listVersions(await as(people.ada), policy)).toHaveLength(1);
  });

  it("returns to an older version as a new one", async () => {
    const { policy, draftId, revision } = await begun(people.ada, [rule("old")]);
    const ada = await as(people.ada);
    must(await publishDraft(ada, { draftId, revision, note: "1", inForce: null }));
    must(await publishPolicy(ada, { id: policy, name: policy, rules: [{ ...rule("new"), effect: "allow" }] }));
    expect(await startDraft(ada, { policy, fromVersion: 9 })).toMatchObject(failing("not_found", "fromVersion"));
    const back = must(await startDraft(ada, { policy, fromVersion: 1 }));
    expect(await readDraft(ada, policy)).toMatchObject({ baseVersion: 2, rules: [rule("old")] });
    must(await publishDraft(ada, { ...back, note: "back", inForce: 2 }));
    expect((await listVersions(ada, policy)).map((one) => [one.number, one.inForce])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
  });
});

describe("where publishing takes two", () => {
  beforeEach(async () => {
    must(await saveSettings(cli(), { settings: { policies: { secondPerson: true } } }));
    return async () => void must(await saveSettings(cli(), { settings: {} }));
  });

  it("an author proposes and somebody else publishes", async () => {
    const { draftId, revision, policy } = await begun(people.ada);
    const [ada, sam] = [await as(people.ada), await as(people.sam)];
    const publish = (viewer: typeof ada, at: number) =>
      publishDraft(viewer, { draftId, revision: at, note: "x", inForce: null });
    expect(await publish(sam, revision)).toMatchObject(failing("conflict"));
    const proposed = must(await proposeDraft(ada, { draftId, revision }));
    const told = await database.db.notice.findFirstOrThrow({
      where: { kind: "policy_draft.proposed", link: `/policies/${policy}/publish` },
      include: { notifications: true },
    });
    expect(told.notifications.map((one) => one.personId)).toEqual([people.sam]);
    expect(await publish(ada, proposed.revision)).toMatchObject(failing("forbidden"));
    expect(await readDraft(ada, policy)).toMatchObject({ secondPerson: true, state: "proposed" });
    expect((await readDraft(ada, policy))?.publishRefusal).toContain("somebody else");
    expect((await readDraft(sam, policy))?.publishRefusal).toBeNull();
    expect(await publish(sam, proposed.revision)).toMatchObject({ value: { version: 1 } });
  });

  it("whoever writes in a proposal becomes an author of it, and it is a draft again", async () => {
    const { draftId, revision } = await begun(people.ada);
    const [ada, sam] = [await as(people.ada), await as(people.sam)];
    const proposed = must(await proposeDraft(ada, { draftId, revision }));
    const saved = must(await saveDraft(sam, { draftId, revision: proposed.revision, name: "N", rules: [] }));
    const publish = (viewer: typeof ada, at: number) =>
      publishDraft(viewer, { draftId, revision: at, note: "x", inForce: null });
    expect(await publish(sam, saved.revision)).toMatchObject(failing("conflict", undefined));
    const again = must(await proposeDraft(sam, { draftId, revision: saved.revision }));
    expect(await publish(sam, again.revision)).toMatchObject(failing("forbidden"));
    expect(await publish(ada, again.revision)).toMatchObject(failing("forbidden"));
  });

  it("nobody goes around it: not by publishing outright, nor by retiring what still has rules", async () => {
    const policy = fresh();
    must(await publishPolicy(cli(), { id: policy, name: "P", rules: [{ ...rule("a"), effect: "deny" }] }));
    const ada = await as(people.ada);
    expect(await publishPolicy(ada, { id: policy, name: "P", rules: [] })).toMatchObject(failing("forbidden"));
    expect(await retirePolicy(ada, { id: policy })).toMatchObject(failing("forbidden"));
    must(await publishPolicy(cli(), { id: policy, name: "P", rules: [] }));
    expect(await retirePolicy(ada, { id: policy })).toMatchObject({ ok: true });
  });
});

describe("sight of policies (I12)", () => {
  it("below the root: rules that bind an agent there, without the names of others", async () => {
    const policy = fresh();
    const rules = [
      { ...rule("everybody"), effect: "deny" as const },
      { ...rule("above"), effect: "deny" as const, match: { actions: ["*"], nodes: ["organisation", "sales"] } },
      { ...rule("there"), effect: "deny" as const, match: { actions: ["*"], nodes: ["desk"] } },
      { ...rule("elsewhere"), effect: "deny" as const, match: { actions: ["*"], nodes: ["sales"] } },
    ];
    must(await publishPolicy(cli(), { id: policy, name: "P", rules }));
    const sue = await as(people.sue);
    const seen = await readPolicy(sue, policy);
    expect(seen?.current?.rules.map((one) => [one.id, one.match.nodes])).toEqual([
      ["everybody", undefined],
      ["above", ["organisation"]],
      ["there", ["desk"]],
    ]);
    expect(seen).toMatchObject({ mayWrite: false, draft: null });
    expect((await readVersion(sue, policy, 1))?.rules).toHaveLength(3);
    const only = fresh();
    must(await publishPolicy(cli(), { id: only, name: "S", rules: [rules[3] ?? rules[0]].filter((one) => !!one) }));
    expect(await readPolicy(sue, only)).toBeNull();
    expect(await readVersion(sue, only, 1)).toBeNull();
    expect(await listVersions(sue, only)).toEqual([]);
    expect(await readPolicy(await as(people.zoe), policy)).toBeNull();
    expect(await readPolicy(sue, "No Slug'")).toBeNull();
  });
});

describe("the shape of a draft's rule", () => {
  it("has the fields of a rule, so that none is lost while it is written", () => {
    expect(Object.keys(draftRuleSchema.shape).toSorted()).toEqual(Object.keys(ruleSchema.shape).toSorted());
  });
});

describe("a rule that this Remit cannot read", () => {
  const unreadable = { id: "old", match: { actions: ["crm.*"] }, effect: "sometimes" };

  it("is shown with what is wrong with it; a draft begins without it", async () => {
    const { policy, draftId, revision } = await begun(people.ada, [rule("a")]);
    const ada = await as(people.ada);
    must(await publishDraft(ada, { draftId, revision, note: "1", inForce: null }));
    // As another version of Remit would have published it.
    const old = { policyId: policy, number: 2, rules: [unreadable, rule("b")], createdAt: new Date() };
    await database.ownerDb.policyVersion.create({ data: old });
    await database.ownerDb.policy.update({ where: { id: policy }, data: { publishedVersion: 2 } });

    const shown = await readPolicy(ada, policy);
    expect(shown?.current?.rules.map((one) => one.id)).toEqual(["b"]);
    expect(shown?.current?.unreadable).toMatchObject([{ place: 1, text: JSON.stringify(unreadable, null, 2) }]);
    expect(shown?.current?.unreadable[0]?.why).toMatch(/^effect: /);
    expect(await listVersions(ada, policy)).toMatchObject([
      { number: 2, rules: 2, unreadable: 1 },
      { number: 1, rules: 1, unreadable: 0 },
    ]);
    const { rows } = await listPolicies(ada, policyListSchema.parse({ q: policy }));
    expect(rows).toMatchObject([{ id: policy, rules: 2, unreadable: 1 }]);

    const begunAnew = must(await startDraft(ada, { policy }));
    expect(await readDraft(ada, policy)).toMatchObject({ rules: [rule("b")], inForce: { unreadable: [{ place: 1 }] } });
    must(await publishDraft(ada, { ...begunAnew, note: "mended", inForce: 2 }));
    expect(await readPolicy(ada, policy)).toMatchObject({ current: { number: 3, unreadable: [] } });
  });
});
