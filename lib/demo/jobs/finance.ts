import type { Dice } from "@/lib/demo/dice";
import type { Act, Job } from "@/lib/demo/job";

const SUPPLIERS = [
  "Nordholz AB",
  "Vela Textiles",
  "Brightline Freight",
  "Kestrel Packaging",
  "Moss & Sons Timber",
] as const;

const readInvoice = (dice: Dice, invoice: string): Act => ({
  thought: "I compare the invoice with the order.",
  action: "ledger.read_invoice",
  args: { invoiceId: invoice },
  result: {
    invoiceId: invoice,
    supplier: dice.pick(SUPPLIERS),
    total: dice.money(90, 9_000),
    dueInDays: dice.int(1, 30),
  },
});

function pay(dice: Dice, invoice: string): Act {
  const amount = dice.money(120, 9_500);
  const evidence = {
    reason: "Invoice, order and delivery note agree.",
    confidence: dice.pick([0.99, 0.95, 0.9]),
    sources: [
      { title: `Invoice ${invoice}`, url: `https://ledger.larkfield.example/${invoice}` },
      { title: "Delivery note", url: `https://ledger.larkfield.example/${invoice}/delivery` },
    ],
    alternatives: ["Wait for the due date", "Ask the supplier for a corrected invoice"],
  };
  return {
    thought: `All three papers agree, so ${amount} dollars can go out.`,
    action: "purchasing.pay_supplier",
    args: { invoiceId: invoice, supplier: dice.pick(SUPPLIERS), amount },
    resource: { type: "invoice", id: invoice },
    // Sometimes the agent forgets to name its sources, and is told so.
    evidence: dice.chance(0.15) ? { reason: evidence.reason, confidence: evidence.confidence } : evidence,
    result: { paymentId: dice.ref("PAY"), state: "sent" },
  };
}

export const financeJobs: Job[] = [
  {
    agent: "payables",
    everySeconds: 28,
    trigger: (dice) => ({ kind: "queue", source: "invoices", reference: dice.ref("INV") }),
    instruction: "Match the invoice and pay it when it is due.",
    plan: (dice) => {
      const invoice = dice.ref("INV");
      return [readInvoice(dice, invoice), pay(dice, invoice)];
    },
    delegates: {
      agent: "invoice-reader",
      scope: ["ledger.*"],
      chance: 0.35,
      instruction: "Extract the lines of this invoice.",
      plan: (dice) => [
        readInvoice(dice, dice.ref("INV")),
        {
          thought: "Three lines, one of them freight.",
          action: "ledger.draft_entry",
          args: { account: "5400", lines: 3 },
          result: { entryId: dice.ref("ENT") },
        },
      ],
    },
  },
  {
    agent: "receivables",
    everySeconds: 33,
    trigger: () => ({ kind: "schedule", source: "hourly" }),
    instruction: "Book what came in and remind those who are late.",
    plan: (dice) => {
      const invoice = dice.ref("INV");
      const acts: Act[] = [
        readInvoice(dice, invoice),
        {
          thought: "The payment matches the invoice.",
          action: "ledger.book_payment",
          args: { invoiceId: invoice, amount: dice.money(50, 2_000) },
          evidence: { reason: "The bank's reference names the invoice.", confidence: 0.98 },
          result: { booked: true },
        },
      ];
      if (dice.chance(0.25)) {
        acts.push({
          thought: "Nine reminders and no answer; the claim is lost.",
          action: "ledger.write_off",
          args: { invoiceId: invoice, amount: dice.money(20, 800) },
          evidence: {
            reason: "The debtor was struck off the register.",
            confidence: 0.81,
            sources: [{ title: "Register extract", url: "https://register.example/extract/4711" }],
          },
          result: { writtenOff: true },
        });
      }
      return acts;
    },
  },
  {
    agent: "expense-checker",
    everySeconds: 22,
    trigger: (dice) => ({ kind: "webhook", source: "expenses", reference: dice.ref("EXP") }),
    instruction: "Check the claim against the travel rules.",
    onBehalfOf: (dice) => `employee:${dice.int(100, 180)}`,
    plan: (dice) => {
      const claim = dice.ref("EXP");
      const settle: Act = dice.chance(0.8)
        ? {
            thought: "Within the rules.",
            action: "expenses.approve_claim",
            args: { claimId: claim, amount: dice.money(8, 420) },
            evidence: { reason: "Receipt and trip agree.", confidence: 0.94 },
            result: { approved: true },
          }
        : {
            thought: "The receipt is missing.",
            action: "expenses.return_claim",
            args: { claimId: claim, because: "No receipt" },
            evidence: { reason: "No receipt is attached.", confidence: 0.99 },
            result: { returned: true },
          };
      return [
        {
          thought: "I read the claim and its receipts.",
          action: "expenses.read_claim",
          args: { claimId: claim },
          result: { claimId: claim, lines: dice.int(1, 6) },
        },
        settle,
      ];
    },
  },
  {
    agent: "month-end",
    everySeconds: 75,
    trigger: () => ({ kind: "schedule", source: "daily" }),
    instruction: "Prepare the accruals.",
    plan: (dice) => [
      {
        thought: "Balances first.",
        action: "ledger.read_balances",
        args: { period: "2026-11" },
        result: { accounts: 214 },
      },
      {
        thought: "Freight for the last week has not been invoiced yet.",
        action: "ledger.draft_entry",
        args: { account: "5410", amount: dice.money(900, 6_000), text: "Freight accrual" },
        result: { entryId: dice.ref("ENT") },
      },
    ],
  },
  {
    agent: "fraud-watch",
    everySeconds: 38,
    trigger: (dice) => ({ kind: "stream", source: "orders", reference: dice.ref("ORD") }),
    instruction: "Flag what looks wrong.",
    plan: (dice) => {
      const order = dice.ref("ORD");
      return [
        {
          thought: "Four orders from one address in ten minutes.",
          action: "orders.read_order",
          args: { orderId: order },
          result: { orderId: order, risk: dice.int(10, 96) },
        },
        {
          thought: "I would hold it until a person has looked.",
          action: "orders.hold_order",
          args: { orderId: order },
          evidence: { reason: "Card country and delivery country differ.", confidence: 0.78 },
          result: { held: true },
        },
      ];
    },
  },
  {
    agent: "cash-forecaster",
    everySeconds: 80,
    trigger: () => ({ kind: "schedule", source: "daily" }),
    instruction: "Forecast the next thirteen weeks.",
    plan: (dice) => {
      const read: Act = {
        thought: "Balances and open items.",
        action: "ledger.read_balances",
        args: { period: "2026-11" },
        result: { cash: dice.int(200_000, 900_000) },
      };
      // It tries, now and then, to do more than look.
      const meddle: Act = {
        thought: "I could move the surplus to the savings account.",
        action: "treasury.transfer",
        args: { amount: dice.int(10_000, 50_000), to: "savings" },
        result: {},
      };
      return dice.chance(0.35) ? [read, meddle] : [read];
    },
  },
];
