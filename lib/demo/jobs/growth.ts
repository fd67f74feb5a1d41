import type { Dice } from "@/lib/demo/dice";
import { ITEMS, type Act, type Job } from "@/lib/demo/job";

const readAccount = (dice: Dice, account: string): Act => ({
  thought: "I look at who is asking.",
  action: "crm.read_account",
  args: { accountId: account },
  result: { accountId: account, size: dice.pick(["small", "medium", "large"]), since: dice.int(2016, 2026) },
});

const readProduct = (dice: Dice, sku = dice.ref("SKU")): Act => ({
  thought: "The product as customers see it.",
  action: "catalog.read_product",
  args: { sku },
  result: { sku, name: dice.pick(ITEMS), price: dice.money(30, 1_200), text: "Solid oak, oiled." },
});

export const growthJobs: Job[] = [
  {
    agent: "lead-qualifier",
    everySeconds: 19,
    trigger: (dice) => ({ kind: "webhook", source: "website", reference: dice.ref("LEAD") }),
    instruction: "Score the enquiry and hand it on.",
    plan: (dice) => {
      const account = dice.ref("ACC");
      const acts: Act[] = [
        readAccount(dice, account),
        {
          thought: "A hotel with forty rooms: worth a call today.",
          action: "crm.score_lead",
          args: { accountId: account, score: dice.int(20, 98) },
          evidence: { reason: "Size, budget and date are named.", confidence: 0.91 },
          result: { scored: true },
        },
      ];
      if (dice.chance(0.08)) {
        acts.push({
          thought: "An export would let me score them all at once.",
          action: "crm.export_accounts",
          args: { segment: "trade", format: "csv" },
          evidence: { reason: "Scoring in bulk is faster.", confidence: 0.7 },
          result: {},
        });
      }
      return acts;
    },
  },
  {
    agent: "quote-writer",
    everySeconds: 32,
    trigger: (dice) => ({ kind: "message", source: "mail", reference: dice.ref("QUO") }),
    instruction: "Write the quote.",
    onBehalfOf: () => "employee:carla.bruni-hayes",
    plan: (dice) => {
      const account = dice.ref("ACC");
      return [
        readAccount(dice, account),
        {
          thought: "A fair price that wins the order.",
          action: "crm.send_quote",
          args: {
            accountId: account,
            total: dice.money(400, 14_000),
            discountPercent: dice.pick([0, 5, 10, 15, 18, 25]),
          },
          resource: { type: "account", id: account },
          evidence: {
            reason: "The customer named a competing offer.",
            confidence: dice.pick([0.94, 0.86, 0.62]),
            sources: [{ title: "Their mail", url: `https://crm.larkfield.example/${account}/mail` }],
            alternatives: ["Free delivery instead of a discount"],
          },
          result: { quoteId: dice.ref("QUO") },
        },
      ];
    },
    delegates: {
      agent: "discount-scout",
      scope: ["crm.*"],
      chance: 0.35,
      instruction: "What discount can this quote carry?",
      plan: (dice) => [
        readAccount(dice, dice.ref("ACC")),
        {
          thought: "Twelve percent keeps the margin.",
          action: "crm.propose_discount",
          args: { percent: 12 },
          evidence: { confidence: 0.83 },
          result: { proposed: true },
        },
      ],
    },
  },
  {
    agent: "campaign-runner",
    everySeconds: 65,
    trigger: () => ({ kind: "schedule", source: "weekly" }),
    instruction: "Send the newsletter to those who asked for it.",
    plan: (dice) => {
      const segment = dice.pick(["new customers", "trade", "lapsed", "outdoor"]);
      const recordCount = Math.round(dice.money(80, 9_000));
      return [
        readAccount(dice, dice.ref("ACC")),
        {
          thought: "The list is clean and everyone on it agreed.",
          action: "mail.send_campaign",
          args: { segment, recordCount, subject: "New this week" },
          evidence: {
            reason: "Planned in the calendar for today.",
            confidence: 0.95,
            sources: [{ title: "Campaign plan", url: "https://docs.larkfield.example/campaigns/47" }],
          },
          // The mail service charges each recipient.
          costUsd: recordCount / 20_000,
          result: { sent: true },
        },
      ];
    },
  },
  {
    agent: "price-watcher",
    undoes: true,
    everySeconds: 42,
    trigger: () => ({ kind: "schedule", source: "hourly" }),
    instruction: "Compare prices.",
    plan: (dice) => {
      const sku = dice.ref("SKU");
      const propose: Act = {
        thought: "Two shops sell it for less.",
        action: "catalog.propose_price",
        args: { sku, price: dice.money(30, 900) },
        evidence: { reason: "Two competitors are cheaper.", confidence: 0.82 },
        result: { proposed: true },
      };
      const change: Act = {
        thought: "I set the price directly to save time.",
        action: "catalog.change_price",
        args: { sku, price: dice.money(30, 900) },
        evidence: { reason: "Two competitors are cheaper.", confidence: 0.82 },
        result: { previous: dice.money(30, 900) },
      };
      return [readProduct(dice, sku), dice.chance(0.25) ? change : propose];
    },
  },
  {
    agent: "merchandiser",
    undoes: true,
    everySeconds: 30,
    trigger: () => ({ kind: "queue", source: "catalogue", reference: "texts" }),
    instruction: "Keep texts and prices right.",
    plan: (dice) => {
      const sku = dice.ref("SKU");
      const text: Act = {
        thought: "The text names the wrong wood.",
        action: "catalog.update_text",
        args: { sku, text: "Solid ash, oiled." },
        evidence: { reason: "The supplier's sheet says ash.", confidence: 0.96 },
        result: { updated: true },
      };
      const price: Act = {
        thought: "The autumn price list is in force.",
        action: "catalog.change_price",
        args: { sku, price: dice.money(30, 900) },
        evidence: { reason: "Price list 2026-11.", confidence: dice.pick([0.97, 0.58]) },
        result: { changed: true, previous: dice.money(30, 900) },
      };
      return [readProduct(dice, sku), dice.chance(0.7) ? text : price];
    },
  },
  {
    agent: "review-responder",
    everySeconds: 52,
    trigger: (dice) => ({ kind: "webhook", source: "reviews", reference: dice.ref("REV") }),
    instruction: "Draft an answer to the review.",
    plan: (dice) => [
      readProduct(dice),
      {
        thought: "Thank them, and say what we changed.",
        action: "mail.draft_reply",
        args: { reviewId: dice.ref("REV"), text: "Thank you for telling us. The screws are now in the box." },
        result: { draftId: dice.ref("DR") },
      },
    ],
  },
];
