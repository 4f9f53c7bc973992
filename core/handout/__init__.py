"""The handout: what it says (`content`), how it is drawn (`draw`), its plain-text twin (`plain`) and a preview."""
