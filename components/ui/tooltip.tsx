"use client";
import { Tooltip as TooltipPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

export const TooltipProvider = TooltipPrimitive.Provider;

export interface TooltipProps {
  /** What it says. Never the only place of something a person needs: touch has no hover. */
  label: ReactNode;
  /** The hotkey of the thing, in the registry's notation ("mod+k", "g r"). */
  keys?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One focusable element. */
  children: ReactNode;
}

export function Tooltip({ label, keys, side = "top", children }: TooltipProps) {
  return (
    <TooltipPrimitive.Root>
      <TooltipPrimitive.Trigger asChild>{children}</TooltipPrimitive.Trigger>
      <TooltipPrimitive.Portal>
        <TooltipPrimitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 flex max-w-72 items-center gap-2 rounded-md bg-overlay px-2 py-1 text-xs text-foreground shadow-overlay data-[state=delayed-open]:animate-fade-in"
        >
          {label}
          {keys !== undefined && <Kbd keys={keys} />}
        </TooltipPrimitive.Content>
      </TooltipPrimitive.Portal>
    </TooltipPrimitive.Root>
  );
}
