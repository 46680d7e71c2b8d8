"""The bot's components outside a server, for the checks."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.entities import KnowledgeEntityExtractor
from bot.normaliser import JapaneseNormaliser
from bot.tokenizer import GinzaTokenizer

CONTEXT = ExecutionContext(GraphSchema({}), "checks")
NORMALISER = JapaneseNormaliser()
TOKENIZER = GinzaTokenizer(GinzaTokenizer.get_default_config())


def read(text: str) -> Message:
    """A message as it leaves the tokenizer."""
    return TOKENIZER.process(NORMALISER.process([Message.build(text)]))[0]


def lesson(examples: list[tuple[str, str]], lookups: dict[str, list[str]] | None = None) -> TrainingData:
    """Training data as it leaves the tokenizer."""
    tables = [{"name": name, "elements": elements} for name, elements in (lookups or {}).items()]
    data = TrainingData([Message.build(text, intent) for text, intent in examples], lookup_tables=tables)
    return TOKENIZER.process_training_data(NORMALISER.process_training_data(data))


@contextmanager
def stored(component, config: dict, data: TrainingData):
    """The component trained, stored and loaded again, as a server gets it."""
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        resource = Resource("checked")
        component.create(config, storage, resource, CONTEXT).train(data)
        yield component.load(config, storage, resource, CONTEXT)


def found(extractor: KnowledgeEntityExtractor, text: str) -> set[tuple[str, str]]:
    """Kind and value of every entity in a text."""
    return {(each["entity"], each["value"]) for each in extractor.entities(read(text))}
