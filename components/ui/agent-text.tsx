import { Fragment } from "react";
import { textPieces, type TextPiece } from "@/lib/kernel/visible-text";

/** Beyond these a text is cut: nobody reads on, and the browser would stand still. */
const LONGEST = 100_000;
const MOST_PIECES = 1_000;

/**
 * Text that an agent wrote. It is never more than text; characters that cannot be seen stand as marks, and its direction of writing
 * stays its own, so that it cannot reorder what stands around it.
 */
export function AgentText({ text }: { text: string }) {
  const pieces = counted(textPieces(text.slice(0, LONGEST)));
  const cut = text.length - LONGEST;
  return (
    <bdi>
      {pieces.slice(0, MOST_PIECES).map(({ piece, times }, at) =>
        piece.kind === "text" ? (
          // A piece has no name but its place, and the text does not change.
          <Fragment key={at}>{piece.text}</Fragment>
        ) : (
          <span
            key={at}
            title={`A character that ${piece.says}`}
            className="mx-px rounded-sm bg-escalate-soft px-0.5 font-mono text-2xs text-escalate-text"
          >
            {times > 1 ? `${piece.code} × ${times}` : piece.code}
          </span>
        ),
      )}
      {(cut > 0 || pieces.length > MOST_PIECES) && (
        <span className="text-muted">
          {cut > 0 ? `… (${cut.toLocaleString("en-GB")} characters more)` : "… (too many hidden characters)"}
        </span>
      )}
    </bdi>
  );
}

/** The same hidden character in a row is one mark. */
function counted(pieces: readonly TextPiece[]): { piece: TextPiece; times: number }[] {
  const rows: { piece: TextPiece; times: number }[] = [];
  for (const piece of pieces) {
    const last = rows.at(-1);
    if (last?.piece.kind === "hidden" && piece.kind === "hidden" && last.piece.code === piece.code) last.times += 1;
    else rows.push({ piece, times: 1 });
  }
  return rows;
}
