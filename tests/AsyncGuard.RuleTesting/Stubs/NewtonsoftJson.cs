// Newtonsoft.Json
using System;

namespace Newtonsoft.Json
{
    public static class JsonConvert
    {
        public static object? DeserializeObject(string value) => throw null!;
        public static T? DeserializeObject<T>(string value) => throw null!;
        public static object? DeserializeObject(string value, Type type) => throw null!;
        public static string SerializeObject(object? value) => throw null!;
    }
}

namespace Newtonsoft.Json.Linq
{
    public abstract class JToken
    {
        public static JToken Parse(string json) => throw null!;
    }

    public class JObject : JToken
    {
        public static new JObject Parse(string json) => throw null!;
    }

    public class JArray : JToken
    {
        public static new JArray Parse(string json) => throw null!;
    }
}
