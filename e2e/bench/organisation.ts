/** An organisation of ordinary size: a few levels, agents with grants, envelopes that are never met and rules of every kind, arguments with a schema. */
const AGENTS = Array.from({ length: 12 }, (_, index) => `desk-${index + 1}`);

/** Who asks: one whom envelopes bind, its own and its team's, and one in a team where nobody set any. */
export const ASKING = { gate: "desk-1", free: "trial-1" } as const;

export const MANIFEST = `
apiVersion: remit/v1
settings: {rates: {run: 100000000/s}}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: admin, node: company}]}
  - {email: bo@example.com, name: Bo Lind, roles: [{role: reviewer, node: support}]}
chart:
  - team: company
    name: Company
    lead: ana@example.com
    children:
      - team: trials
        name: Trials
        lead: bo@example.com
        children:
          - {agent: trial-1, name: trial-1, owner: ana@example.com, tier: execute, purpose: Serves travellers, grants: ["airline.*", "crm.read_*"]}
      - team: support
        name: Customer support
        lead: bo@example.com
        envelope: {month: {usd: 1000000, tokens: 1000000000000, calls: 1000000000}}
        children:
${AGENTS.map((slug) => `          - {agent: ${slug}, name: ${slug}, owner: ana@example.com, tier: execute, purpose: Serves travellers, envelope: {day: {usd: 100000, calls: 1000000000}}, grants: ["airline.*", "crm.read_*"]}`).join("\n")}
systems:
  - id: airline
    name: Airline reservations
    actions:
      - {id: airline.get_reservation, kind: read, impact: low, reversibility: reversible, dataClasses: [pii], args: {type: object, required: [reservation_id], properties: {reservation_id: {type: string}, fields: {type: array, items: {type: string}}}}}
      - {id: airline.update_passengers, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [reservation_id, passengers], properties: {reservation_id: {type: string}, passengers: {type: array, items: {type: object}}}}}
      - {id: airline.refund, kind: execute, impact: medium, reversibility: compensable, evidence: [reason], args: {type: object, required: [reservation_id, amount], properties: {reservation_id: {type: string}, amount: {type: number}, currency: {type: string}}}}
      - {id: airline.cancel, kind: execute, impact: high, reversibility: irreversible, args: {type: object, required: [reservation_id], properties: {reservation_id: {type: string}}}}
  - id: crm
    name: Customers
    actions:
      - {id: crm.read_customer, kind: read, impact: low, reversibility: reversible, dataClasses: [pii]}
      - {id: crm.delete_customer, kind: execute, impact: high, reversibility: irreversible}
policies:
  - id: refunds
    rules:
      - {id: small-refunds, match: {actions: [airline.refund]}, when: args.amount <= 500.0, effect: allow}
      - {id: large-refunds, match: {actions: [airline.refund]}, when: args.amount > 500.0, effect: deny, message: Refunds above 500 go through the back office.}
  - id: reservations
    rules:
      - {id: party-size, match: {actions: [airline.update_passengers]}, when: size(args.passengers) > 9, effect: deny, message: Groups are changed by the group desk.}
      - {id: cancellations, match: {actions: [airline.cancel]}, effect: escalate, to: [bo@example.com], deadline: 30m, message: A person decides cancellations.}
`;

/** What agents ask for, by how often out of a hundred. Reads lead, one in a hundred needs a person. */
const MIX = [
  {
    upTo: 70,
    make: (n: number) => ({
      action: "airline.get_reservation",
      args: { reservation_id: code(n), fields: ["flights", "passengers", "fare"] },
    }),
  },
  {
    upTo: 85,
    make: (n: number) => ({
      action: "airline.update_passengers",
      args: {
        reservation_id: code(n),
        passengers: [
          { first: "Ada", last: "Lovelace", born: "1990-12-10" },
          { first: "Alan", last: "Turing", born: "1992-06-23" },
        ],
      },
      evidence: { reason: "The traveller corrected a name.", confidence: 0.93 },
    }),
  },
  {
    upTo: 95,
    make: (n: number) => ({
      action: "airline.refund",
      args: { reservation_id: code(n), amount: 20 + (n % 400), currency: "USD" },
      evidence: { reason: "The flight was cancelled by the airline; fare rules grant a refund.", confidence: 0.88 },
    }),
  },
  {
    upTo: 99,
    make: (n: number) => ({
      action: "airline.refund",
      args: { reservation_id: code(n), amount: 900 + (n % 50), currency: "USD" },
      evidence: { reason: "The traveller asks for it." },
    }),
  },
  { upTo: 100, make: (n: number) => ({ action: "airline.cancel", args: { reservation_id: code(n) } }) },
];

const code = (n: number): string => n.toString(36).toUpperCase().padStart(6, "Q");

interface BenchRequest {
  action: string;
  args: Record<string, unknown>;
  evidence?: Record<string, unknown>;
}

/** The n-th request: the kinds are spread evenly, and no two are alike. */
export function benchRequest(n: number): BenchRequest {
  const point = (n * 37) % 100;
  const kind = MIX.find(({ upTo }) => point < upTo);
  if (!kind) throw new Error("the mix does not add up to 100");
  return kind.make(n);
}
