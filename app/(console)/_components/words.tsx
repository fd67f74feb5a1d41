import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

/** A few words side by side, such as systems or data classes; a dash for none. */
export function Words({ words, tone = "neutral" }: { words: readonly string[]; tone?: Tone }) {
  if (words.length === 0) return <span className="text-faint">–</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word} tone={tone}>
          {word}
        </Badge>
      ))}
    </span>
  );
}
