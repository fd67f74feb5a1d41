import { ExternalLink } from "lucide-react";
import { AgentText } from "@/components/ui/agent-text";

/** A link that an agent gave, already checked to be http or https. Shows where it leads, since its words are the agent's. */
export function OutsideLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      referrerPolicy="no-referrer"
      title={href}
      className="inline-flex max-w-full items-baseline gap-1 text-accent-text underline-offset-4 hover:underline"
    >
      <span className="min-w-0 wrap-anywhere">
        <AgentText text={children} />
      </span>
      <span className="shrink-0 text-xs text-muted">{new URL(href).host}</span>
      <ExternalLink aria-label="opens another site" className="size-3 shrink-0 self-center" />
    </a>
  );
}
