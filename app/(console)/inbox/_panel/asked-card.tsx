import { AskedNow } from "@/components/domain/asked-now";
import type { ApprovalView } from "@/lib/inbox/panel";
import { Section } from "./section";

/** Who is asked now, and who comes next if nobody decides. */
export function AskedCard({ asked }: { asked: ApprovalView["asked"] }) {
  if (asked === null) return null;
  return (
    <Section title="Who is asked">
      <AskedNow asked={asked} />
    </Section>
  );
}
