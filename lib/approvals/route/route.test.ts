import { describe, expect, it } from "vitest";

import { approversOf, excludedFrom, type RouteSource } from "@/lib/approvals/route/route";
import { node } from "@/lib/decisions/sample";
import type { PersonRow } from "@/lib/decisions/rows";

const person = (id: string, status: PersonRow["status"] = "active"): [string, PersonRow] => [
  id,
  { id, email: `${id}@example.com`, name: id, status },
];
const path = [
  node("agent", "lead", "agent", "agent"),
  node("lead", "team", "person", "lead", { personId: "lea" }),
  node("team", "root", "team", "team", { leadId: "tom" }),
  node("root", null, "team", "root"),
];
const source = (
  bindings: [string, string, "admin" | "manager" | "reviewer" | "auditor"][],
  people = ["lea", "tom", "ada", "rob", "own"],
): RouteSource => {
  const bindingsByNode = new Map<string, { personId: string; role: "admin" | "manager" | "reviewer" | "auditor" }[]>();
  for (const [nodeId, personId, role] of bindings)
    bindingsByNode.set(nodeId, [...(bindingsByNode.get(nodeId) ?? []), { personId, role }]);
  return { people: new Map(people.map((id) => person(id))), bindingsByNode };
};

describe("approversOf", () => {
  it("asks the owner first, then upwards: who stands there, who leads, who holds a role", () => {
    const asked = source([
      ["team", "rob", "reviewer"],
      ["team", "tom", "manager"],
      ["root", "ada", "admin"],
      ["root", "lea", "manager"],
      ["root", "own", "reviewer"],
    ]);
    expect(approversOf("own", path, asked)).toEqual(["own", "lea", "tom", "rob", "ada"]);
  });

  it("I3: nobody without a role that decides, and nobody who is disabled", () => {
    const asked = source([
      ["team", "rob", "auditor"],
      ["root", "ada", "admin"],
    ]);
    expect(approversOf("own", path, asked)).toEqual(["ada"]);
    const gone = { ...asked, people: new Map([person("ada", "disabled")]) };
    expect(approversOf("own", path, gone)).toEqual([]);
  });
});

it("excludedFrom: whom the runs act for and who triggered them, when they are people here", () => {
  const known = new Map([["ana@example.com", "ana"]]);
  const find = (name: string) => known.get(name.toLowerCase());
  expect(excludedFrom([{ onBehalfOf: { subject: "ANA@example.com" } }], find)).toEqual(["ana"]);
  expect(
    excludedFrom([{ onBehalfOf: { subject: "customer-77" }, trigger: { kind: "api", reference: 5 } }], find),
  ).toEqual([]);
  expect(excludedFrom([{ onBehalfOf: null, trigger: { kind: "person", reference: "ana@example.com" } }], find)).toEqual(
    ["ana"],
  );
});
