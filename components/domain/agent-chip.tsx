import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";

interface AgentChipProps {
  name: string;
  slug?: string;
  /** Leave it out inside a table's title column, which is a link already. */
  href?: string;
  size?: "xs" | "sm" | "md";
  className?: string;
}

/** An agent: square initials, name, and its slug in mono. */
export function AgentChip({ name, slug, href, size = "xs", className }: AgentChipProps) {
  const content = (
    <>
      <Avatar name={name} shape="square" size={size} />
      <span className="min-w-0 truncate">{name}</span>
      {slug !== undefined && (
        <span className="min-w-0 shrink-[999] truncate font-mono text-xs font-normal text-muted">{slug}</span>
      )}
    </>
  );
  const classes = cn("inline-flex max-w-full items-center gap-1.5 align-middle", className);
  return href === undefined ? (
    <span className={classes}>{content}</span>
  ) : (
    <Link href={href} prefetch={false} className={cn(classes, "rounded-sm underline-offset-4 hover:underline")}>
      {content}
    </Link>
  );
}
