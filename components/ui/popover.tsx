"use client";
import { Popover as PopoverPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { HotkeyScope } from "@/components/hotkeys/hotkeys";
import { cn } from "./cn";
import { overlayClasses } from "./overlay";

export const Popover = PopoverPrimitive.Root;
export const PopoverTrigger = PopoverPrimitive.Trigger;
export const PopoverClose = PopoverPrimitive.Close;

export function PopoverContent({ className, children, ...props }: ComponentProps<typeof PopoverPrimitive.Content>) {
  return (
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        sideOffset={4}
        align="start"
        collisionPadding={8}
        className={cn(overlayClasses, "w-72 max-w-[calc(100vw-1rem)] p-3", className)}
        {...props}
      >
        <HotkeyScope>{children}</HotkeyScope>
      </PopoverPrimitive.Content>
    </PopoverPrimitive.Portal>
  );
}
