import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { acts, findArgument, isCalled, type Subject, type TemplateAction } from "@/lib/policies/templates/fit";

/** What a template asks of who uses it. Values are texts, as they are typed. */
export interface TemplateParameter {
  key: string;
  label: string;
  hint?: string;
  kind: "amount" | "count" | "percent" | "hour" | "duration" | "domain" | "dataClass" | "person";
  /** What stands there at first; the empty text is nobody (of a person). */
  initial: string;
}

/** An action that a template can be about. */
export interface TemplateFit {
  action: string;
  title: string | null;
  subject: Subject | null;
}

type Values = Readonly<Record<string, string>>;
type Outcome = Pick<DraftRule, "effect" | "ask" | "maxAge" | "to" | "deadline" | "message">;

/** A rule that many organisations begin with. */
export interface PolicyTemplate {
  id: string;
  title: string;
  description: string;
  effect: DraftRule["effect"];
  parameters: readonly TemplateParameter[];
  /** Whether the action is one of those that it is for, and by which argument. */
  fits(action: TemplateAction): { subject: Subject | null } | null;
  /** CEL; null holds always. */
  condition(subject: Subject | null, values: Values): string | null;
  outcome(values: Values): Outcome;
}

const MONEY = [/^(amount|total|value|price|sum|cost)(_?(usd|eur|cents))?$/i, /(amount|total|price|value|cost)/i];
const REFUND = ["refund", "credit", "reimburs", "payout", "chargeback", "compensat"];
const PURCHASE = ["purchas", "buy", "order", "pay", "subscri", "book", "spend", "invoice"];
const amount = (label: string, initial: string): TemplateParameter => ({
  key: "amount",
  label,
  kind: "amount",
  initial,
});
const person = (label: string): TemplateParameter => ({
  key: "person",
  label,
  hint: "Nobody: the nearest person above the agent.",
  kind: "person",
  initial: "",
});
const within = (initial: string): TemplateParameter => ({
  key: "deadline",
  label: "Within",
  kind: "duration",
  initial,
});

const money = (action: TemplateAction) => findArgument(action, MONEY, ["number", "integer"]);
const about = (subject: Subject | null) => (subject ? { subject } : null);
const above = (subject: Subject | null, limit: string | undefined): string | null =>
  subject && limit !== undefined ? `${subject.expression} > ${numberFor(subject, Number(limit))}` : null;

/** A number as the argument's type writes it: CEL tells whole numbers and others apart. */
const numberFor = ({ type }: Subject, value: number): string =>
  type === "integer" || type === "list" || Number.isInteger(value) === false ? String(value) : `${value}.0`;

const asks = ({ person: email, deadline }: Values, message: string): Outcome => ({
  effect: "escalate",
  ...(email ? { to: [email] } : {}),
  ...(deadline ? { deadline } : {}),
  message,
});

export const POLICY_TEMPLATES: readonly PolicyTemplate[] = [
  {
    id: "value-over-threshold",
    title: "Value over a threshold",
    description: "Changes worth more than a threshold go to the account manager.",
    effect: "escalate",
    parameters: [amount("Threshold", "1000"), person("Account manager"), within("4h")],
    fits: (action) => (acts(action) && !isCalled(action, REFUND) ? about(money(action)) : null),
    condition: (subject, { amount: limit }) => above(subject, limit),
    outcome: (values) => asks(values, "Above the threshold, the account manager decides."),
  },
  {
    id: "bulk-over-records",
    title: "Bulk over N records",
    description: "One request that touches many records needs a person's sign-off.",
    effect: "escalate",
    parameters: [
      { key: "count", label: "Records", kind: "count", initial: "100" },
      person("Who signs off"),
      within("8h"),
    ],
    fits: (action) =>
      acts(action)
        ? about(
            findArgument(
              action,
              [
                /(record|item|row|recipient|contact|customer)_?(count|number)/i,
                /^(count|quantity|size|limit|batch_?size)$/i,
                /count$/i,
              ],
              ["integer", "number"],
            ) ?? findArgument(action, [/(ids|records|items|rows|recipients|contacts|customers|to)$/i], ["list"]),
          )
        : null,
    condition: (subject, { count }) =>
      subject?.type === "list"
        ? above({ ...subject, expression: `size(${subject.expression})` }, count)
        : above(subject, count),
    outcome: (values) => asks(values, "So many records at once need a person's sign-off."),
  },
  {
    id: "discount-over-share",
    title: "Discount over a share",
    description: "Discounts above a share of the price are denied.",
    effect: "deny",
    parameters: [
      { key: "share", label: "Largest discount", hint: "Percent of the price.", kind: "percent", initial: "20" },
    ],
    fits: (action) =>
      acts(action)
        ? about(
            findArgument(
              action,
              [/discount.*(percent|share|rate|pct)/i, /discount|rebate|markdown/i],
              ["number", "integer", "fraction"],
            ),
          )
        : null,
    condition: (subject, { share }) => {
      if (!subject) return null;
      const limit = Number(share) / (subject.type === "fraction" ? 100 : 1);
      const exceeds = above(subject, String(limit));
      return subject.isOptional ? `has(${subject.expression}) && ${exceeds}` : exceeds;
    },
    outcome: ({ share }) => ({ effect: "deny", message: `Discounts above ${share} % are not given by agents.` }),
  },
  {
    id: "refund-reauthentication",
    title: "Refunds over an amount",
    description: "The customer must have signed in just now before a larger refund is made.",
    effect: "escalate",
    parameters: [
      amount("Refunds above", "500"),
      { key: "maxAge", label: "Signed in within the last", kind: "duration", initial: "5m" },
    ],
    fits: (action) => (acts(action) && isCalled(action, REFUND) ? about(money(action)) : null),
    condition: (subject, { amount: limit }) => above(subject, limit),
    outcome: ({ maxAge = "5m" }) => ({
      effect: "escalate",
      ask: "reauthentication",
      maxAge,
      message: "For a refund of this size the customer signs in again first.",
    }),
  },
  {
    id: "mail-to-outsiders",
    title: "Mail to outsiders",
    description: "Messages to addresses outside your own domain are looked at by a person first.",
    effect: "escalate",
    parameters: [
      { key: "domain", label: "Your domain", kind: "domain", initial: "example.com" },
      person("Who looks at them"),
      within("2h"),
    ],
    fits: (action) =>
      acts(action) && isCalled(action, ["send", "mail", "email", "forward", "reply", "messag", "invite", "notify"])
        ? about(
            findArgument(
              action,
              [/^(to|recipients?|e?mail|address)$/i, /(recipient|email|address)/i],
              ["text", "list"],
            ),
          )
        : null,
    condition: (subject, { domain }) => {
      if (!subject) return null;
      const end = JSON.stringify(`@${domain}`);
      return subject.type === "list"
        ? `${subject.expression}.exists(address, !string(address).endsWith(${end}))`
        : `!${subject.expression}.endsWith(${end})`;
    },
    outcome: (values) => asks(values, "A person looks at messages that leave the organisation."),
  },
  {
    id: "deletion",
    title: "Deletion",
    description: "What is deleted for good is decided by a person.",
    effect: "escalate",
    parameters: [person("Who decides"), within("4h")],
    fits: (action) =>
      acts(action) && isCalled(action, ["delet", "remov", "purg", "eras", "drop", "destroy", "wipe", "close"])
        ? { subject: null }
        : null,
    condition: () => null,
    outcome: (values) => asks(values, "A person decides what is deleted."),
  },
  {
    id: "purchases",
    title: "Purchases",
    description: "Spending above an amount waits for whoever holds the budget.",
    effect: "escalate",
    parameters: [amount("Purchases above", "250"), person("Who holds the budget"), within("1d")],
    fits: (action) =>
      acts(action) && isCalled(action, PURCHASE) && !isCalled(action, REFUND) ? about(money(action)) : null,
    condition: (subject, { amount: limit }) => above(subject, limit),
    outcome: (values) => asks(values, "Purchases of this size wait for whoever holds the budget."),
  },
  {
    id: "production-changes",
    title: "Production changes",
    description: "Nothing is changed in production outside working hours and at weekends.",
    effect: "deny",
    parameters: [
      { key: "from", label: "From", hint: "Full hours of the organisation's zone.", kind: "hour", initial: "9" },
      { key: "until", label: "Until", kind: "hour", initial: "17" },
    ],
    fits: (action) =>
      acts(action) &&
      isCalled(action, [
        "deploy",
        "releas",
        "migrat",
        "rollback",
        "roll",
        "restart",
        "scale",
        "product",
        "config",
        "merge",
        "reboot",
      ])
        ? { subject: findArgument(action, [/^(environment|env|stage|target)$/i], ["text"]) }
        : null,
    condition: (subject, { from, until }) => {
      const hour = "now.getHours(organisation.timeZone)";
      const closed = `${hour} < ${Number(from)} || ${hour} >= ${Number(until)} || now.getDayOfWeek(organisation.timeZone) in [0, 6]`;
      if (!subject) return closed;
      const production = `${subject.expression} in ["production", "prod", "live"]`;
      return `${subject.isOptional ? `(!has(${subject.expression}) || ${production})` : production} && (${closed})`;
    },
    outcome: ({ from, until }) => ({
      effect: "deny",
      message: `Production is changed on working days between ${from}:00 and ${until}:00 only.`,
    }),
  },
  {
    id: "personal-data-leaving",
    title: "Personal data leaving",
    description: "A run that has read personal data asks before it sends anything out.",
    effect: "escalate",
    parameters: [
      { key: "dataClass", label: "Data class", kind: "dataClass", initial: "pii" },
      person("Who decides"),
      within("4h"),
    ],
    fits: (action) =>
      acts(action) &&
      isCalled(action, [
        "send",
        "mail",
        "email",
        "post",
        "publish",
        "export",
        "share",
        "upload",
        "messag",
        "forward",
        "reply",
        "tweet",
      ])
        ? { subject: null }
        : null,
    condition: (_subject, { dataClass }) => `${JSON.stringify(dataClass)} in run.dataClasses`,
    outcome: (values) => asks(values, "This run has read personal data: a person decides what leaves."),
  },
];

export const templateOf = (id: string): PolicyTemplate | null => POLICY_TEMPLATES.find((one) => one.id === id) ?? null;

/** The actions that a template can be about, in the catalogue's order. */
export const fitsOf = (template: PolicyTemplate, actions: readonly TemplateAction[]): TemplateFit[] =>
  actions.flatMap((action) => {
    const fit = template.fits(action);
    return fit ? [{ action: action.id, title: action.title, subject: fit.subject }] : [];
  });
