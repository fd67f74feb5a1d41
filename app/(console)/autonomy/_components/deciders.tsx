import Link from "next/link";

/** How many are named; the others are counted. */
const NAMED = 3;

/** Who decides a promotion, or that nobody can and what to do about it. */
export function Deciders({
  people,
  mayInvite,
}: {
  people: readonly { id: string; name: string }[];
  mayInvite: boolean;
}) {
  if (people.length === 0) {
    return (
      <p className="mt-2 rounded-md border border-escalate-line bg-escalate-soft px-3 py-2 text-sm">
        Nobody can decide it yet: that takes a manager or admin above the agent who neither asks for it nor has answered
        for the agent at this tier. The operator&rsquo;s manifest can name its tier, too.{" "}
        {mayInvite && (
          <Link href="/people" className="rounded-sm font-medium underline underline-offset-4">
            Invite one
          </Link>
        )}
      </p>
    );
  }
  const more = people.length - NAMED;
  return (
    <p className="mt-2 text-xs text-muted">
      Decided by{" "}
      {people
        .slice(0, NAMED)
        .map((one) => one.name)
        .join(", ")}
      {more > 0 && ` or ${more} more`}.
    </p>
  );
}
