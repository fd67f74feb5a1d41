"use client";
import { defaultFilter } from "cmdk";
import { CornerDownLeft, type LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useRegisteredHotkeys } from "@/components/hotkeys/hotkeys";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { NAV, type NavId } from "./nav";

/** A record that the server found. */
export interface SearchHit {
  id: string;
  /** The section it belongs to; gives heading and icon. */
  section: NavId;
  label: string;
  /** A second, quieter text: slug, team, time. */
  detail?: string;
  href: string;
}

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  sections: readonly NavId[] | undefined;
  /** Looks for records; bounded and authorised by the server. */
  search: ((query: string) => Promise<readonly SearchHit[]>) | undefined;
}

const SEARCH_DEBOUNCE_MS = 150;
const SHORTEST_QUERY = 2;

export function CommandPalette({ open, onOpenChange, sections, search }: CommandPaletteProps) {
  const router = useRouter();
  const hotkeys = useRegisteredHotkeys();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<{ for: string; hits: readonly SearchHit[] }>({ for: "", hits: [] });
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const type = (text: string) => {
    setQuery(text);
    const term = text.trim();
    turn.current += 1;
    clearTimeout(timer.current);
    if (search === undefined || term.length < SHORTEST_QUERY) {
      setFound({ for: term, hits: [] });
      return;
    }
    const mine = turn.current;
    timer.current = setTimeout(async () => {
      const hits = await search(term).catch(() => []);
      // An answer that comes after the next letter is stale.
      if (mine === turn.current) setFound({ for: term, hits });
    }, SEARCH_DEBOUNCE_MS);
  };

  const close = () => {
    onOpenChange(false);
    type("");
  };
  // After the dialog has given the focus back, so that what runs may take it.
  const runAfterClose = (run: () => void) => {
    close();
    setTimeout(run);
  };
  const go = (href: string) => {
    close();
    router.push(href);
  };

  const wanted = query.trim();
  const items = NAV.filter((item) => sections === undefined || sections.includes(item.id));
  const places = matching(items, wanted);
  const commands = matching(
    hotkeys.filter((hotkey) => hotkey.palette === true && hotkey.scope === null),
    wanted,
  );
  const searching = search !== undefined && wanted.length >= SHORTEST_QUERY && found.for !== wanted;
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <DialogContent title="Command palette" bare className="max-w-xl">
        <Command loop shouldFilter={false} label="Command palette">
          <CommandInput
            value={query}
            onValueChange={type}
            placeholder="Go to, do, or find…"
            trailing={<Kbd keys="escape" className="max-sm:hidden" />}
          />
          <CommandList className="max-h-[min(24rem,60vh)]">
            <CommandEmpty>{searching ? "Searching…" : "Nothing found"}</CommandEmpty>
            {commands.length > 0 && (
              <CommandGroup heading="Actions">
                {commands.map((command) => (
                  <CommandItem
                    key={`${command.group}:${command.label}`}
                    value={`action ${command.label}`}
                    onSelect={() => runAfterClose(command.run)}
                  >
                    <CornerDownLeft aria-hidden />
                    <span className="min-w-0 flex-1 truncate">{command.label}</span>
                    {command.keys !== undefined && <Kbd keys={command.keys} />}
                  </CommandItem>
                ))}
              </CommandGroup>
            )}
            {places.length > 0 && (
              <CommandGroup heading="Go to">
                {places.map((item) => (
                  <CommandItem key={item.id} value={`go ${item.id}`} onSelect={() => go(item.href)}>
                    <item.icon aria-hidden />
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    <Kbd keys={`g ${item.key}`} />
                  </CommandItem>
                ))}
              </CommandGroup>
            )}
            {items.map((section) => (
              <Hits
                key={section.id}
                heading={section.label}
                icon={section.icon}
                hits={found.hits.filter((hit) => hit.section === section.id)}
                go={go}
              />
            ))}
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

/** The palette's own entries that match, best first. What the server found is matched already. */
function matching<Entry extends { label: string }>(entries: readonly Entry[], query: string): readonly Entry[] {
  if (query === "") return entries;
  return entries
    .map((entry) => ({ entry, score: defaultFilter(entry.label, query) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .map(({ entry }) => entry);
}

interface HitsProps {
  heading: string;
  icon: LucideIcon;
  hits: readonly SearchHit[];
  go: (href: string) => void;
}

function Hits({ heading, icon: Icon, hits, go }: HitsProps) {
  if (hits.length === 0) return null;
  return (
    <CommandGroup heading={heading}>
      {hits.map((hit) => (
        <CommandItem key={hit.id} value={`hit ${hit.id}`} onSelect={() => go(hit.href)}>
          <Icon aria-hidden />
          <span className="min-w-0 truncate">{hit.label}</span>
          {hit.detail !== undefined && (
            <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">{hit.detail}</span>
          )}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}
