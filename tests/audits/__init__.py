"""Judges from outside for every type of public page: its weight, its HTML, a phone's patience."""
