"use client";
import { useRef } from "react";

/** What takes the keys of a page when what had the focus is gone: its list, else its content. */
const HOMES = "[role=listbox][data-hotkeys],main";

const isThere = (element: HTMLElement | null): element is HTMLElement =>
  element !== null && element.isConnected && element.getClientRects().length > 0;

/** A menu is gone with the item that opened the layer: its button stays. */
function behind(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[role=menu]");
  const stays = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : element;
  return stays instanceof HTMLElement && stays !== document.body ? stays : null;
}

/**
 * Where the focus goes when a modal layer closes: back to where it was, also where a key and no button has opened it. What was decided
 * there may have taken that place away; then to the page's list, so that its keys go on.
 */
export function useFocusBack(): { remember: () => void; giveBack: (event: Event) => void } {
  const from = useRef<HTMLElement | null>(null);
  return {
    remember: () => {
      from.current = behind(document.activeElement);
    },
    giveBack: (event) => {
      const back = isThere(from.current)
        ? from.current
        : [...document.querySelectorAll<HTMLElement>(HOMES)].find((home) => isThere(home));
      if (back === undefined) return;
      event.preventDefault();
      back.focus({ preventScroll: true });
    },
  };
}
