"use client";
import { useEffect, useRef, useState } from "react";

const REST_MS = 250;

interface RestedText {
  /** What the field shows. */
  text: string;
  type: (text: string) => void;
  /** What was typed and not yet written down is dropped. */
  forget: () => void;
}

/**
 * A text that is written down when the typing rests, and at once when it was cleared. Whoever follows a link meanwhile is not held back:
 * writing to the address would take the place of where they are going.
 */
export function useRestedText(written: string, write: (text: string) => void): RestedText {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest("a[href]")) clearTimeout(timer.current);
    };
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      clearTimeout(timer.current);
    };
  }, []);
  const forget = () => {
    clearTimeout(timer.current);
    setTyped(null);
  };
  const done = (text: string) => {
    forget();
    write(text);
  };
  return {
    text: typed ?? written,
    type: (text) => {
      clearTimeout(timer.current);
      if (text === "") return done(text);
      setTyped(text);
      timer.current = setTimeout(() => done(text), REST_MS);
    },
    forget,
  };
}
