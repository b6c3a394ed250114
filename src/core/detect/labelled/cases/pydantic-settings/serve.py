from typing import Literal
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SERVE_", env_file=".env")

    batch: int = Field(8, ge=1, le=64, description="requests at once")
    host: str = "127.0.0.1"
    secret: SecretStr
    mode: Literal["fast", "exact"] = "fast"

    def url(self) -> str:
        return self.host


settings = Settings()
