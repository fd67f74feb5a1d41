import {
  Clock,
  Coins,
  FileText,
  KeyRound,
  LogIn,
  Medal,
  ScrollText,
  SlidersHorizontal,
  UserCheck,
  Wallet,
  type LucideIcon,
} from "lucide-react";
import { EffectBadge } from "@/components/domain/effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Explanation } from "@/lib/decisions/explanation";
import type { Outlook, WouldBe } from "@/lib/decisions/outlook/outlook";

type Kind = WouldBe["changes"][number]["kind"];
const ICONS: Record<Kind, LucideIcon> = {
  argument: SlidersHorizontal,
  evidence: FileText,
  "sign-in": LogIn,
  approval: UserCheck,
  grant: KeyRound,
  scope: KeyRound,
  tier: Medal,
  rule: ScrollText,
  wait: Clock,
  estimate: Coins,
  envelope: Wallet,
};

/** What would have led to another answer. Each statement was tried, by deciding the same request again with that change. */
export function OutlookCard({ explanation }: { explanation: Explanation }) {
  const { outlook, same, standing } = explanation;
  return (
    <Card>
      <CardHeader
        title="What would have to change"
        description="Each was tried: decided again with that change alone."
      />
      <CardBody className="flex flex-col gap-3">
        {standing && <StandingNote outlook={outlook} />}
        {!standing && !same && <ChangedNote outlook={outlook} />}
        {outlook.first.length > 0 && <First first={outlook.first} />}
        {outlook.alone.length > 0 && (
          <ul className="flex flex-col divide-y divide-line">
            {outlook.alone.map((one) => (
              <li key={wordsOf(one)} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
                <ChangeWords change={one.changes[0]} />
                <Then answer={one.answer} />
              </li>
            ))}
          </ul>
        )}
        {outlook.together !== null && <Together would={outlook.together} />}
        {isEmpty(outlook) && <p className="text-sm text-muted">{emptyWords(outlook, standing)}</p>}
      </CardBody>
    </Card>
  );
}

const wordsOf = ({ changes }: WouldBe): string => changes.map((one) => one.words).join();

const isEmpty = ({ alone, together, first }: Outlook): boolean =>
  alone.length === 0 && together === null && first.length === 0;

function emptyWords({ answer }: Outlook, standing: boolean): string {
  if (answer === "allow") return standing ? "Nothing else spoke against it." : "Nothing: it was allowed.";
  return answer === "review"
    ? "It went ahead; a person looks at it afterwards."
    : "Nothing that was tried leads to another answer.";
}

function StandingNote({ outlook }: { outlook: Outlook }) {
  return (
    <p className="text-sm">
      It was refused for how things stood at that moment, not for what was asked. Otherwise the answer would have been{" "}
      <EffectBadge effect={outlook.answer} />.
    </p>
  );
}

function ChangedNote({ outlook }: { outlook: Outlook }) {
  return (
    <p className="rounded-md border border-line bg-surface-2 px-3 py-2 text-sm">
      The organisation has changed since. Under the rules of then, and everything else as it is now, the answer is{" "}
      <EffectBadge effect={outlook.answer} />; what follows starts from that.
    </p>
  );
}

function First({ first }: { first: readonly string[] }) {
  return (
    <div className="text-sm">
      <p className="text-xs text-muted">Before anything else</p>
      {first.map((one) => (
        <p key={one} className="font-medium wrap-anywhere">
          {one}.
        </p>
      ))}
      <p className="text-xs text-muted">What follows from it can only be known then.</p>
    </div>
  );
}

function Together({ would }: { would: WouldBe }) {
  return (
    <div>
      <p className="mb-1.5 text-xs text-muted">Nothing alone is enough. All of these together:</p>
      <ul className="flex flex-col gap-1.5 border-l border-line pl-3">
        {would.changes.map((change) => (
          <li key={change.words} className="flex">
            <ChangeWords change={change} />
          </li>
        ))}
      </ul>
      <p className="mt-2">
        <Then answer={would.answer} />
      </p>
    </div>
  );
}

function ChangeWords({ change }: { change: WouldBe["changes"][number] | undefined }) {
  if (!change) return null;
  const Icon = ICONS[change.kind];
  return (
    <span className="flex min-w-0 flex-1 basis-56 items-start gap-2.5 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <span className="min-w-0 font-medium wrap-anywhere">{change.words}</span>
    </span>
  );
}

const Then = ({ answer }: { answer: WouldBe["answer"] }) => (
  <span className="flex items-center gap-1.5 text-xs text-muted">
    then <EffectBadge effect={answer} />
  </span>
);
