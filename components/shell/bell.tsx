import { Bell as BellIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/components/ui/format/number";

const MOST_SHOWN = 99;

/** The way to the person's notifications, with how many they have not read. */
export function Bell({ unread }: { unread: number }) {
  const label = unread === 0 ? "Notifications" : `Notifications, ${formatPlural(unread, "unread", "unread")}`;
  return (
    <Button asChild variant="ghost" size="icon" className="relative">
      <Link href="/notifications" aria-label={label}>
        <BellIcon aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute -right-0.5 -top-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-2xs font-medium leading-4 tabular-nums text-on-accent"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </Link>
    </Button>
  );
}
