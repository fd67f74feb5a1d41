import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { parseManifest, problemText } from "@/lib/manifest/parse";

const problems = (text: string): string[] => {
  const parsed = parseManifest(text);
  return parsed.ok ? [] : parsed.problems.map(problemText);
};

/** Thirty-nine good lines, then whatever is asked for. */
const FORTY = `apiVersion: remit/v1
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: manager, node: support}]}
${Array.from({ length: 25 }, (_, index) => `  - {email: person${index}@example.com, name: Person ${index}}\n`).join("")}chart:
  - team: support
    name: Customer support
    lead: ana@example.com
    children:
      - agent: first
        owner: ana@example.com
      - agent: second
        owner: ana@example.com
      - agent: desk
        tier: execute
        `;

describe("a manifest", () => {
  it("names line, column and path of an error on line 40", () => {
    const parsed = parseManifest(`${FORTY}owner: nobody\n`);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems).toEqual([
      {
        severity: "error",
        line: 40,
        column: 9,
        path: "chart[0].children[2].owner",
        message: "must be an e-mail address",
      },
    ]);
    expect(parsed.problems.map(problemText)).toEqual([
      "line 40: chart[0].children[2].owner: must be an e-mail address",
    ]);
  });

  it("reports every error at once, in the order of the file", () => {
    expect(
      problems(`apiVersion: remit/v2
colour: blue
people:
  - {name: Ana}
chart:
  - team: Bad Slug
    children:
      - agent: desk
        owner: ana@example.com
        teir: execute
        grants: ["airline.*", "Not a pattern", {pattern: "*", until: 2027-01-01}]
        envelope: {run: {usd: -1}}
      - {name: nothing}
      - {team: a, agent: b}
systems:
  - id: airline
    actions: [{id: airline.fly, kind: fly, args: {type: object}}]
`),
    ).toEqual([
      "line 1: apiVersion: must be remit/v1",
      "line 2: colour: is not known here",
      "line 4: people[0].email: is missing",
      "line 6: chart[0].team: must be a slug: lower case letters and digits, with - or _ inside, at most 64",
      "line 10: chart[0].children[0].teir: is not known here",
      "line 11: chart[0].children[0].grants[1]: must be *, system.*, system.prefix* or an action's id",
      "line 11: chart[0].children[0].grants[2].until: is not known here",
      "line 12: chart[0].children[0].envelope.run.usd: must be above 0",
      "line 13: chart[0].children[1]: must be a team, a person or an agent",
      "line 14: chart[0].children[2]: is team and agent at once",
      "line 17: systems[0].actions[0].kind: must be one of read, draft, propose, execute",
    ]);
  });

  it("says where the text itself is broken", () => {
    expect(problems("apiVersion: remit/v1\npeople:\n  - {email: a@b.co, name: A\n")[0]).toMatch(/^line \d: /);
    expect(problems("apiVersion: remit/v1\napiVersion: remit/v1\n")).toEqual(["line 2: Map keys must be unique"]);
    expect(problems("")).toEqual(["line 1: apiVersion: is missing"]);
    expect(problems("[]")).toEqual(["line 1: must be a mapping"]);
  });

  it("refuses a file that would grow without bound", () => {
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`;
    expect(problems(bomb)[0]).toMatch(/alias/i);
    expect(problems(`# ${"x".repeat(4 * 1024 * 1024)}\n`)).toEqual(["line 1: is larger than 4 MiB"]);
  });

  it("takes the demo's manifest", () => {
    expect(problems(readFileSync("lib/demo/organisation.yaml", "utf8"))).toEqual([]);
  });
});
