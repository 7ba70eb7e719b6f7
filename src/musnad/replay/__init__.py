"""Replay: a folder of pages served as a day of news that goes by in a minute, on the loopback address."""

from musnad.replay.day import Day, Resource
from musnad.replay.server import Server

__all__ = ["Day", "Resource", "Server"]
