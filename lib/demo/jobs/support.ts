import type { Dice } from "@/lib/demo/dice";
import { CUSTOMERS, customerSubject, ITEMS, type Act, type Job } from "@/lib/demo/job";

const readTicket = (dice: Dice, ticket: string): Act => ({
  thought: "I read what the customer wrote before I do anything.",
  action: "helpdesk.read_ticket",
  args: { ticketId: ticket },
  result: { ticketId: ticket, from: dice.pick(CUSTOMERS), subject: `About my ${dice.pick(ITEMS)}`, priority: "normal" },
});

const readOrder = (dice: Dice, order: string): Act => ({
  thought: "The order tells me what was bought, when, and what was paid.",
  action: "orders.read_order",
  args: { orderId: order },
  result: { orderId: order, item: dice.pick(ITEMS), total: dice.money(40, 1_400), status: "delivered" },
});

const reply = (dice: Dice, ticket: string, text: string): Act => ({
  thought: "I tell the customer what happens next.",
  action: "mail.send_reply",
  args: { ticketId: ticket, to: dice.pick(CUSTOMERS), text },
  evidence: { reason: "The customer asked and waits for an answer.", confidence: 0.93 },
  result: { sent: true },
});

function refund(dice: Dice, order: string): Act {
  const amount = dice.money(12, 1_300);
  const cause = dice.pick([
    "It arrived with a broken leg.",
    "Two of four parts were missing.",
    "The colour is not the one ordered.",
  ]);
  return {
    thought: `The goods were faulty, so ${amount} dollars go back to the customer.`,
    action: "orders.refund",
    args: { orderId: order, amount, currency: "USD" },
    resource: { type: "order", id: order },
    evidence: {
      reason: cause,
      confidence: dice.pick([0.97, 0.91, 0.84, 0.72]),
      sources: [
        { title: `Order ${order}`, url: `https://orders.larkfield.example/${order}` },
        { title: "Photo from the customer", url: `https://files.larkfield.example/${order}/photo-1` },
      ],
      alternatives: ["Send a replacement", "Offer a voucher of 15 percent"],
    },
    result: { refundId: dice.ref("RF"), state: "paid" },
  };
}

export const supportJobs: Job[] = [
  {
    agent: "front-desk",
    everySeconds: 14,
    trigger: (dice) => ({ kind: "message", source: "chat", reference: dice.ref("TCK") }),
    instruction: "Settle the customer's question. Hand refunds to the refunds agent.",
    onBehalfOf: customerSubject,
    plan: (dice) => {
      const ticket = dice.ref("TCK");
      const acts = [readTicket(dice, ticket), readOrder(dice, dice.ref("ORD"))];
      if (dice.chance(0.15)) {
        acts.push({
          thought: "The customer wants the order gone; it has not left the warehouse.",
          action: "orders.cancel_order",
          args: { orderId: dice.ref("ORD"), reason: "The customer changed their mind" },
          evidence: { reason: "Cancelled by the customer within an hour of the order.", confidence: 0.95 },
          result: { cancelled: true },
        });
      }
      acts.push(reply(dice, ticket, "Thank you for waiting. We have looked into it, and here is what we will do."));
      return acts;
    },
    delegates: {
      agent: "refunds",
      scope: ["orders.*"],
      chance: 0.4,
      instruction: "Settle this refund within the rules.",
      plan: (dice) => {
        const order = dice.ref("ORD");
        return [readOrder(dice, order), refund(dice, order)];
      },
    },
  },
  {
    agent: "refunds",
    everySeconds: 35,
    trigger: (dice) => ({ kind: "queue", source: "returns", reference: dice.ref("RET") }),
    instruction: "Refund what was returned and graded.",
    onBehalfOf: customerSubject,
    plan: (dice) => {
      const order = dice.ref("ORD");
      return [readOrder(dice, order), refund(dice, order)];
    },
  },
  {
    agent: "triage",
    everySeconds: 11,
    trigger: (dice) => ({ kind: "webhook", source: "helpdesk", reference: dice.ref("TCK") }),
    instruction: "Label and route the new ticket.",
    plan: (dice) => {
      const ticket = dice.ref("TCK");
      return [
        readTicket(dice, ticket),
        {
          thought: "This belongs to another queue.",
          action: "helpdesk.route_ticket",
          args: { ticketId: ticket, queue: dice.pick(["delivery", "refunds", "product", "trade"]) },
          evidence: { reason: "The customer names the subject in the first line.", confidence: 0.96 },
          result: { routed: true },
        },
      ];
    },
  },
  {
    agent: "delivery-tracer",
    everySeconds: 25,
    trigger: (dice) => ({ kind: "message", source: "chat", reference: dice.ref("TCK") }),
    instruction: "Find the parcel.",
    plan: (dice) => [
      {
        thought: "I ask the carrier where it is.",
        action: "orders.read_parcel",
        args: { parcelId: dice.ref("PCL") },
        result: { place: dice.pick(["Rotterdam", "Leipzig", "Lyon"]), late: dice.chance(0.3) },
        ...(dice.chance(0.12) ? { fails: "The carrier does not answer." } : {}),
      },
      {
        thought: "I note it for the front desk.",
        action: "helpdesk.add_note",
        args: { ticketId: dice.ref("TCK"), text: "The parcel is on its way; arrival is due tomorrow." },
        evidence: { confidence: 0.9 },
        result: { noted: true },
      },
    ],
  },
  {
    agent: "returns-inspector",
    everySeconds: 40,
    trigger: (dice) => ({ kind: "queue", source: "returns", reference: dice.ref("RET") }),
    instruction: "Grade the returned goods from the photos.",
    plan: (dice) => {
      const order = dice.ref("ORD");
      return [
        readOrder(dice, order),
        {
          thought: "The photos show light use.",
          action: "orders.grade_return",
          args: { orderId: order, grade: dice.pick(["A", "B", "C"]) },
          evidence: { reason: "Two photos, both sharp.", confidence: dice.pick([0.95, 0.88, 0.55]) },
          result: { graded: true },
        },
      ];
    },
  },
  {
    agent: "night-shift",
    everySeconds: 50,
    trigger: () => ({ kind: "schedule", source: "hourly" }),
    instruction: "Draft replies for the morning team.",
    plan: (dice) => {
      const ticket = dice.ref("TCK");
      const draft: Act = {
        thought: "A draft that a person can send in one click.",
        action: "mail.draft_reply",
        args: { ticketId: ticket, text: "Good morning, and thank you for your patience." },
        result: { draftId: dice.ref("DR") },
      };
      const close: Act = {
        thought: "It looks settled, so I close it.",
        action: "helpdesk.close_ticket",
        args: { ticketId: ticket },
        result: { closed: true },
      };
      return dice.chance(0.3) ? [readTicket(dice, ticket), draft, close] : [readTicket(dice, ticket), draft];
    },
  },
  {
    agent: "translator",
    everySeconds: 45,
    trigger: (dice) => ({ kind: "message", source: "mail", reference: dice.ref("TCK") }),
    instruction: "Draft the reply in the customer's language.",
    plan: (dice) => {
      const ticket = dice.ref("TCK");
      return [
        readTicket(dice, ticket),
        {
          thought: "The customer wrote in Portuguese.",
          action: "mail.draft_reply",
          args: { ticketId: ticket, language: "pt", text: "Obrigado pela sua paciência." },
          result: { draftId: dice.ref("DR") },
        },
      ];
    },
  },
  {
    agent: "voice-of-customer",
    everySeconds: 90,
    trigger: () => ({ kind: "schedule", source: "nightly" }),
    instruction: "Report what went wrong for customers today.",
    plan: (dice) => [
      {
        thought: "I read what was closed today.",
        action: "helpdesk.read_closed",
        args: { since: "24h" },
        result: { tickets: dice.int(80, 240), unhappy: dice.int(4, 30) },
      },
      {
        thought: "Late deliveries lead again.",
        action: "reports.publish",
        args: { name: "voice-of-customer", headline: "Late deliveries lead again" },
        result: { published: true },
      },
    ],
  },
];
