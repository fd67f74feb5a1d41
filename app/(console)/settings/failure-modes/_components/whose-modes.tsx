"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { Select } from "@/components/ui/select";

const ALL = "*";
const HREF = "/settings/failure-modes";
const hrefOf = (slug: string): string => (slug === ALL ? HREF : `${HREF}?agent=${encodeURIComponent(slug)}`);

interface WhoseModesProps {
  /** Null: those of all agents. */
  slug: string | null;
  agents: readonly { slug: string; name: string }[];
  /** Agents with modes of their own. */
  own: readonly { slug: string; name: string }[];
}

/** Chooses whose failure modes are looked at, and names the agents that have their own. */
export function WhoseModes({ slug, agents, own }: WhoseModesProps) {
  const router = useRouter();
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <label htmlFor={id} className="font-medium">
        When work of
      </label>
      <Select
        id={id}
        className="w-64"
        value={slug ?? ALL}
        onValueChange={(value) => router.push(hrefOf(value))}
        options={[
          { value: ALL, label: "any agent" },
          ...agents.map((agent) => ({ value: agent.slug, label: agent.name })),
        ]}
      />
      <span className="font-medium">fails</span>
      {own.length > 0 && (
        <span className="flex flex-wrap items-center gap-1.5 text-muted">
          Own modes:
          {own.map((agent) => (
            <Link key={agent.slug} href={hrefOf(agent.slug)} className="rounded-sm">
              <Badge tone={agent.slug === slug ? "accent" : "neutral"}>{agent.name}</Badge>
            </Link>
          ))}
        </span>
      )}
    </div>
  );
}
