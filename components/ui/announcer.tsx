"use client";
import { createContext, type ReactNode, use, useCallback, useState } from "react";

const AnnounceContext = createContext<(message: string) => void>(() => undefined);

/** The page's polite live region. One for the whole document, mounted from the start, since late ones are often not heard. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => setMessage((last) => ({ text, turn: last.turn + 1 })), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" className="sr-only">
        {/* A new element even for the same words, so that they are read again. */}
        <span key={message.turn}>{message.text}</span>
      </div>
    </AnnounceContext>
  );
}

/** Speaks a short sentence to assistive technology. Not beside a toast, which speaks for itself. */
export function useAnnounce(): (message: string) => void {
  return use(AnnounceContext);
}
