import { History } from "lucide-react";

import { Banner } from "@/components/ui/banner";

interface StaleBannerProps {
  /** The draft's rules are others than those that were tried. */
  draft: boolean;
  inForceWas: number | null;
  inForce: number | null;
}

/** A result that says less than it seems to: run it again. */
export function StaleBanner({ draft, inForceWas, inForce }: StaleBannerProps) {
  const compared = inForceWas !== inForce;
  const title = draft
    ? "The draft has changed since"
    : compared
      ? "Another version is in force since"
      : "The configuration has changed since";
  return (
    <Banner tone={draft || compared ? "escalate" : "neutral"} icon={<History aria-hidden />} title={title}>
      {draft
        ? "What is shown was tried with the rules as they were. Run it again to see what they would do now."
        : compared
          ? "What is shown was compared with what was in force then. Run it again to compare with what is."
          : "Grants, tiers or other policies are not quite as they were when this was run."}
    </Banner>
  );
}
