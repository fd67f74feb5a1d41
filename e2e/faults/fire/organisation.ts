/** REMIT_FIRE=full: as many as the inbox is built for, which takes minutes; else so many as every run of the tests can bear. */
export const FULL = process.env.REMIT_FIRE === "full";
/** Reviewers who race, agents who ask. Each agent is one of its own, so that a few rejections suspend nobody. */
const REVIEWERS = FULL ? 20 : 8;
const AGENTS = FULL ? 200 : 40;
export const PASSWORD = "twenty people at one inbox";
/** How long the slowest kind of request waits for a person. */
export const BRIEF_S = 4;
export const UNDO_S = 1;

/** Every second agent asks for two things, the others for three. */
export const requestsOf = (agent: number): number => 2 + (agent % 2);
export const APPROVALS = Array.from({ length: AGENTS }, (_, at) => requestsOf(at)).reduce((sum, one) => sum + one, 0);

const numbered = (count: number, name: (number: string) => string): string[] =>
  Array.from({ length: count }, (_, at) => name(String(at + 1).padStart(3, "0")));

export const reviewers = numbered(REVIEWERS, (number) => `reviewer-${number}@example.com`);
export const agents = numbered(AGENTS, (number) => `agent-${number}`);

const amount = "args: {type: object, required: [amount], properties: {amount: {type: number}, id: {type: string}}}";

const TO = `[${reviewers.join(", ")}]`;

export const MANIFEST = `
apiVersion: remit/v1
settings: {approvals: {undoSeconds: ${UNDO_S}}}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: admin, node: organisation}]}
${reviewers.map((email) => `  - {email: ${email}, name: ${email.split("@")[0]}, roles: [{role: reviewer, node: floor}]}`).join("\n")}
chart:
  - team: floor
    name: Floor
    lead: ana@example.com
    children:
${agents.map((slug) => `      - {agent: ${slug}, name: ${slug}, owner: ana@example.com, tier: execute, purpose: Asks, grants: ["desk.*"]}`).join("\n")}
systems:
  - id: desk
    name: Desk
    actions:
      - {id: desk.refund, kind: execute, impact: low, reversibility: reversible, ${amount}}
      - {id: desk.wire, kind: execute, impact: low, reversibility: reversible, ${amount}}
      - {id: desk.brief, kind: execute, impact: low, reversibility: reversible, ${amount}}
policies:
  - id: desk
    rules:
      - {id: ask, match: {actions: [desk.refund]}, effect: escalate, to: ${TO}, deadline: 30m, message: A person decides.}
      - {id: pair, match: {actions: [desk.wire]}, effect: escalate, to: ${TO}, quorum: 2, deadline: 30m, message: Two people decide.}
      - {id: soon, match: {actions: [desk.brief]}, effect: escalate, to: ${TO}, deadline: ${BRIEF_S}s, message: A person decides soon.}
      - {id: never, match: {actions: [desk.refund, desk.wire]}, when: args.amount > 1000.0, effect: deny, message: Never so much.}
`;
