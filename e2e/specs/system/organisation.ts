export const PASSWORD = "quiet harbour 71 lanterns";

/**
 * One organisation for all journeys. Each has people and an agent of its own, so that none sees what another does:
 * the agent of a journey asks the reviewer of that journey, and nobody else.
 */
export const PEOPLE = {
  /** Admin of everything: sees and reads only, in every journey. */
  ada: "ada@example.com",
  /** Admin of everything who acts: classifies, changes settings, decides promotions. */
  olga: "olga@example.com",
  /** Manager of support. */
  mara: "mara@example.com",
  /** Decides by mouse. */
  bo: "bo@example.com",
  /** Decides by keyboard. */
  kim: "kim@example.com",
  /** Reviewer of sales: sees nothing of support. */
  sal: "sal@example.com",
  /** Signs in and out; goes wrong at it. */
  ines: "ines@example.com",
  /** Is disabled while signed in. */
  dee: "dee@example.com",
  /** Changes their password in one browser while another is open. */
  pat: "pat@example.com",
  /** Makes a policy from a template and publishes it. */
  pia: "pia@example.com",
  /** Publishes what somebody else wrote. */
  quin: "quin@example.com",
  /** Writes a policy's draft, and publishes none. */
  polly: "polly@example.com",
  /** Tries a draft on past decisions. */
  sid: "sid@example.com",
  /** Admin of everything: answers appeals, sees to incidents, stops the yard. */
  ivy: "ivy@example.com",
  /** Is told of what waits, and chooses how. */
  nell: "nell@example.com",
  /** Decide at the counter: with edits, questions, second thoughts, and sometimes both of them. */
  vera: "vera@example.com",
  wim: "wim@example.com",
  /** Lives in the inbox, by keyboard; their colleague decides what both are asked. */
  uma: "uma@example.com",
  tom: "tom@example.com",
  /** Manager of the treasury: gives its agents money. */
  cleo: "cleo@example.com",
  /** Manager of the workshop: builds their part of the chart. */
  cora: "cora@example.com",
  /** Decide in the laboratory, nearly always the same way. */
  gus: "gus@example.com",
  meg: "meg@example.com",
  /** Looks afterwards at what the depot did, and has it undone. */
  rita: "rita@example.com",
  /** Forgets their password too often. */
  theo: "theo@example.com",
} as const;

/** Agents that get a credential. */
export const AGENTS = [
  "desk",
  "night-desk",
  "clerk",
  "scout",
  "seller",
  "porter",
  "packer",
  "postman",
  "teller",
  "sorter",
  "payer",
  "prober",
  "loader",
] as const;
export type AgentSlug = (typeof AGENTS)[number];

const reviewer = (email: string, name: string): string =>
  `  - {email: ${email}, name: ${name}, roles: [{role: reviewer, node: support}]}`;

export const MANIFEST = `
apiVersion: remit/v1
organisation: Northwind
people:
  - {email: ${PEOPLE.ada}, name: Ada Root, roles: [{role: admin, node: organisation}]}
  - {email: ${PEOPLE.ivy}, name: Ivy Chen, roles: [{role: admin, node: organisation}]}
  - {email: ${PEOPLE.polly}, name: Polly Hart, roles: [{role: manager, node: organisation}]}
  - {email: ${PEOPLE.pia}, name: Pia Sand, roles: [{role: manager, node: organisation}]}
  - {email: ${PEOPLE.sid}, name: Sid Marlow, roles: [{role: manager, node: organisation}]}
  - {email: ${PEOPLE.quin}, name: Quin Hale, roles: [{role: manager, node: organisation}]}
  - {email: ${PEOPLE.mara}, name: Mara Silva, roles: [{role: manager, node: support}]}
  - {email: ${PEOPLE.olga}, name: Olga Stern, roles: [{role: admin, node: organisation}]}
${reviewer(PEOPLE.bo, "Bo Lind")}
${reviewer(PEOPLE.kim, "Kim Doe")}
${reviewer(PEOPLE.ines, "Ines Marchetti")}
${reviewer(PEOPLE.dee, "Dee Okafor")}
${reviewer(PEOPLE.pat, "Pat Novak")}
${reviewer(PEOPLE.theo, "Theo Brandt")}
  - {email: ${PEOPLE.nell}, name: Nell Post, roles: [{role: reviewer, node: post}]}
  - {email: ${PEOPLE.vera}, name: Vera Kalt, roles: [{role: reviewer, node: counter}]}
  - {email: ${PEOPLE.wim}, name: Wim Rot, roles: [{role: reviewer, node: counter}]}
  - {email: ${PEOPLE.uma}, name: Uma Reed, roles: [{role: reviewer, node: floor}]}
  - {email: ${PEOPLE.tom}, name: Tom Ash, roles: [{role: reviewer, node: floor}]}
  - {email: ${PEOPLE.gus}, name: Gus Falk, roles: [{role: reviewer, node: laboratory}]}
  - {email: ${PEOPLE.meg}, name: Meg Oduya, roles: [{role: reviewer, node: laboratory}]}
  - {email: ${PEOPLE.cleo}, name: Cleo Banks, roles: [{role: manager, node: treasury}]}
  - {email: ${PEOPLE.cora}, name: Cora Field, roles: [{role: manager, node: workshop}]}
  - {email: ${PEOPLE.rita}, name: Rita Moss, roles: [{role: reviewer, node: depot}]}
  - {email: ${PEOPLE.sal}, name: Sal Weber, roles: [{role: reviewer, node: sales}]}
chart:
  - team: support
    name: Customer support
    lead: ${PEOPLE.mara}
    children:
      - agent: desk
        name: Service desk
        owner: ${PEOPLE.mara}
        tier: execute
        purpose: Answers customers and refunds what went wrong
        model: gpt-5
        systemsRead: [desk]
        systemsWritten: [desk]
        neverData: [payment cards]
        grants: ["desk.*"]
      - agent: night-desk
        name: Night desk
        owner: ${PEOPLE.mara}
        tier: execute
        purpose: Does the same at night
        grants: ["desk.*"]
      - agent: clerk
        name: Clerk
        owner: ${PEOPLE.mara}
        tier: execute
        purpose: Works through the backlog
        grants: ["desk.*"]
        envelope: {run: {usd: 5}, day: {usd: 100, calls: 5000}}
      - agent: novice
        name: Novice
        owner: ${PEOPLE.mara}
        tier: observe
        purpose: Earns its tiers
        grants: ["desk.read_order"]
      - agent: seller
        name: Seller
        owner: ${PEOPLE.sal}
        tier: execute
        purpose: Makes offers
        grants: ["shop.*"]
  - team: sales
    name: Sales
    lead: ${PEOPLE.sal}
    children:
      - agent: scout
        name: Scout
        owner: ${PEOPLE.sal}
        tier: observe
        purpose: Reads about prospects
        grants: ["desk.read_order"]
  - team: workshop
    name: Workshop
    lead: ${PEOPLE.cora}
  - team: treasury
    name: Treasury
    lead: ${PEOPLE.cleo}
    envelope: {month: {usd: 500}}
    children:
      - agent: payer
        name: Payer
        owner: ${PEOPLE.cleo}
        tier: execute
        purpose: Pays what is due
        grants: ["desk.*"]
  - team: post
    name: Post
    lead: ${PEOPLE.nell}
    children:
      - agent: postman
        name: Postman
        owner: ${PEOPLE.nell}
        tier: execute
        purpose: Carries letters
        grants: ["desk.*"]
  - team: counter
    name: Counter
    lead: ${PEOPLE.vera}
    children:
      - agent: teller
        name: Teller
        owner: ${PEOPLE.vera}
        tier: execute
        purpose: Serves who comes to the counter
        grants: ["counter.*"]
  - team: floor
    name: Sorting floor
    lead: ${PEOPLE.uma}
    children:
      - agent: sorter
        name: Sorter
        owner: ${PEOPLE.uma}
        tier: execute
        purpose: Sorts what comes in
        grants: ["floor.*"]
  - team: laboratory
    name: Laboratory
    lead: ${PEOPLE.gus}
    children:
      - agent: prober
        name: Prober
        owner: ${PEOPLE.ivy}
        tier: execute
        purpose: Takes probes
        grants: ["lab.*"]
  - team: depot
    name: Depot
    lead: ${PEOPLE.rita}
    children:
      - agent: loader
        name: Loader
        owner: ${PEOPLE.gus}
        tier: execute
        purpose: Loads and labels
        grants: ["depot.*", "labels.*"]
  - team: yard
    name: Yard
    lead: ${PEOPLE.ivy}
    children:
      - agent: porter
        name: Porter
        owner: ${PEOPLE.ivy}
        tier: execute
        purpose: Moves what is heavy
        grants: ["desk.*"]
  - team: storehouse
    name: Storehouse
    lead: ${PEOPLE.sid}
    children:
      - agent: packer
        name: Packer
        owner: ${PEOPLE.sid}
        tier: execute
        purpose: Packs what is sent
        grants: ["store.*"]
systems:
  - id: counter
    name: Counter
    actions:
      - {id: counter.read_order, title: Read an order, kind: read, impact: low, reversibility: reversible, fact: {key: args.order, value: result}, args: {type: object, required: [order], properties: {order: {type: string}}}}
      - {id: counter.redirect, title: Redirect a parcel, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [order, address], properties: {order: {type: string}, address: {type: string}}}}
      - {id: counter.repay, title: Repay a customer, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [order, amount], properties: {order: {type: string}, amount: {type: number, maximum: 10000, description: In euros}, channel: {enum: [card, cash]}}}}
      - {id: counter.close_account, title: Close an account, kind: execute, impact: high, reversibility: irreversible, args: {type: object, required: [account], properties: {account: {type: string}}}}
      - {id: counter.pay_out, title: Pay out, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [amount], properties: {amount: {type: number}}}}
  - id: floor
    name: Sorting floor
    actions:
      - {id: floor.sort, title: Sort a letter, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [letter], properties: {letter: {type: string}}}}
      - {id: floor.burn, title: Burn a letter, kind: execute, impact: high, reversibility: irreversible, args: {type: object, required: [letter], properties: {letter: {type: string}}}}
  - id: lab
    name: Laboratory
    actions:
      - {id: lab.take_probe, title: Take a probe, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [probe], properties: {probe: {type: string}}}}
  - id: store
    name: Storehouse
    actions:
      - {id: store.pack, title: Pack a parcel, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [parcel, weight], properties: {parcel: {type: string}, weight: {type: number}}}}
  - id: depot
    name: Depot
    actions:
      - {id: depot.load, title: Load a crate, kind: execute, impact: medium, reversibility: reversible, rollback: {action: depot.unload, args: {loading: $.result.id}}, args: {type: object, required: [crate], properties: {crate: {type: string}}}}
      - {id: depot.unload, title: Unload a crate, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [loading], properties: {loading: {type: string}}}}
  - id: labels
    name: Labels
    actions:
      - {id: labels.stick, title: Stick a label, kind: execute, impact: low, reversibility: reversible, rollback: labels.peel, args: {type: object, required: [crate], properties: {crate: {type: string}}}}
      - {id: labels.peel, title: Peel a label off, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [crate], properties: {crate: {type: string}}}}
  - id: desk
    name: Service desk
    actions:
      - {id: desk.read_order, title: Read an order, kind: read, impact: low, reversibility: reversible, dataClasses: [pii], args: {type: object, required: [order], properties: {order: {type: string}}}}
      - {id: desk.refund, title: Refund an order, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [order, amount], properties: {order: {type: string}, amount: {type: number}}}}
      - {id: desk.close_account, title: Close an account, kind: execute, impact: high, reversibility: irreversible, args: {type: object, required: [account], properties: {account: {type: string}}}}
      - {id: desk.wipe, title: Wipe the records, kind: execute, impact: low, reversibility: reversible}
  - id: shop
    name: Shop
    actions:
      - {id: shop.grant_discount, title: Grant a discount, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [offer, discount_percent], properties: {offer: {type: string}, discount_percent: {type: integer}}}}
policies:
  - id: support-rules
    name: Support rules
    rules:
      - {id: refunds-by-day, match: {actions: [desk.refund], agents: [desk]}, when: args.amount > 100.0, effect: escalate, to: [${PEOPLE.bo}], deadline: 30m, message: A person decides large refunds.}
      - {id: closing-at-night, match: {actions: [desk.close_account], agents: [night-desk]}, effect: escalate, to: [${PEOPLE.kim}], deadline: 30m, message: A person closes accounts.}
      - {id: backlog, match: {actions: [desk.refund], agents: [clerk]}, effect: escalate, to: [${PEOPLE.mara}], deadline: 8h, message: The backlog is paid by a person.}
      - {id: never-wipe, match: {actions: [desk.wipe]}, effect: deny, message: Nobody wipes.}
  - id: counter-rules
    name: Counter rules
    rules:
      - {id: by-a-person, match: {actions: [counter.repay, counter.redirect]}, effect: escalate, to: [${PEOPLE.vera}], deadline: 30m, message: Vera decides at the counter.}
      - {id: never-so-much, match: {actions: [counter.repay]}, when: args.amount > 5000.0, effect: deny, message: Nobody repays that much.}
      - {id: closing, match: {actions: [counter.close_account]}, effect: escalate, to: [${PEOPLE.vera}], deadline: 30m, message: A person closes accounts.}
      - {id: four-eyes, match: {actions: [counter.pay_out]}, effect: escalate, to: [${PEOPLE.vera}, ${PEOPLE.wim}], quorum: 2, deadline: 30m, message: Two people pay out.}
  - id: floor-rules
    name: Floor rules
    rules:
      - {id: looked-at, match: {actions: ["floor.*"]}, effect: escalate, to: [${PEOPLE.uma}, ${PEOPLE.tom}], deadline: 2h, message: Somebody looks at it.}
  - id: depot-rules
    name: Depot rules
    rules:
      - {id: looked-at-afterwards, match: {actions: [depot.load, labels.stick]}, effect: review, deadline: 2h, message: Somebody looks at it afterwards.}
  - id: packing-rules
    name: Packing rules
    rules:
      - {id: heavy, match: {actions: [store.pack]}, when: args.weight > 30.0, effect: deny, message: Too heavy.}
  - id: edited-rules
    name: Edited rules
    rules:
      - {id: scouts-close-nothing, match: {actions: [desk.close_account], agents: [scout]}, effect: deny, message: Scouts close nothing.}
`;
