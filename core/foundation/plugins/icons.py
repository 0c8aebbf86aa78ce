"""The closed list of icons a section may name: those the shell has drawn (web/src/ui/icons.ts)."""

ICONS = frozenset(
    {
        *("activity", "archive", "archive-restore", "arrow-down", "arrow-up", "bell", "box"),
        *("calendar", "check", "chevron-down", "chevron-left", "chevron-right", "chevrons-up-down"),
        *("circle-alert", "circle-check", "copy", "database", "download", "ellipsis"),
        *("external-link", "eye", "eye-off", "file-text", "filter", "folder-kanban", "git-compare"),
        *(
            "globe",
            "inbox",
            "info",
            "key-round",
            "keyboard",
            "blank",
            "columns",
            "layout-dashboard",
            "link",
            "list",
            "lock",
            "keyboard",
        ),
        *(
            "keyboard",
            "log-out",
            "menu",
            "monitor",
            "moon",
            "pencil",
            "plus",
            "puzzle",
            "refresh-cw",
        ),
        *("rotate-ccw", "scale", "scroll-text", "search", "settings", "shield", "sun", "tag"),
        *(
            "terminal",
            "trash-2",
            "triangle-alert",
            "unlink",
            "user",
            "users",
            "workflow",
            "x",
            "zap",
        ),
    }
)
