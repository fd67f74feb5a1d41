"use client";
import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { HotkeyScope } from "@/components/hotkeys/hotkeys";
import { cn } from "./cn";
import { scrimClasses } from "./dialog";
import { useFocusBack } from "./use-focus-back";

export const Sheet = DialogPrimitive.Root;
export const SheetTrigger = DialogPrimitive.Trigger;
export const SheetClose = DialogPrimitive.Close;

const SIDES = {
  left: "left-0 w-72 border-r data-[state=open]:animate-sheet-left",
  right: "right-0 w-full max-w-lg border-l data-[state=open]:animate-sheet-right",
};

export interface SheetContentProps extends Omit<ComponentProps<typeof DialogPrimitive.Content>, "title"> {
  title: ReactNode;
  side?: keyof typeof SIDES;
  /** For a sheet whose content shows its own heading; the title is then only spoken. */
  titleHidden?: boolean;
}

/** A modal panel at an edge of the window. */
export function SheetContent({
  title,
  titleHidden = false,
  side = "right",
  className,
  children,
  ...props
}: SheetContentProps) {
  const { remember, giveBack } = useFocusBack();
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={scrimClasses} />
      <DialogPrimitive.Content
        aria-describedby={undefined}
        onOpenAutoFocus={remember}
        onCloseAutoFocus={giveBack}
        className={cn(
          "fixed inset-y-0 z-50 flex max-w-[calc(100vw-2.5rem)] flex-col border-line bg-overlay shadow-overlay outline-none",
          SIDES[side],
          className,
        )}
        {...props}
      >
        <HotkeyScope>
          <header className={cn("flex items-center gap-2 px-4 py-3", titleHidden && "absolute right-0 top-0 z-10 p-2")}>
            <DialogPrimitive.Title className={cn("flex-1 text-base font-semibold", titleHidden && "sr-only")}>
              {title}
            </DialogPrimitive.Title>
            <DialogPrimitive.Close asChild>
              <Button variant="ghost" size="icon-sm" aria-label="Close">
                <X aria-hidden />
              </Button>
            </DialogPrimitive.Close>
          </header>
          {children}
        </HotkeyScope>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}
